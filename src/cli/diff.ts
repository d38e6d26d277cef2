import { Command } from 'commander'

export interface DiffOptions {
  consumer?: string
  provider?: string
  json?: true
}

export const diffCommand = new Command('diff')
  .description('what changed between two versions of contracts or pacts for those who rely on them')
  .argument('<old>', 'a contract, a pact, a folder of them, or a Git revision: main, HEAD~1, v1.2, REV:path')
  .argument('<new>', 'the same')
  .option('--consumer <name>', 'only what this service relies on')
  .option('--provider <name>', 'only what is relied on in this service')
  .option('--json', 'print the changes as JSON')
  .action(async (older: string, newer: string, options: DiffOptions) => {
    const { compare } = await import('./diff-versions.ts')
    await compare(older, newer, options)
  })
