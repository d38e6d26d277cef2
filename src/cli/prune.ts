import { Command } from 'commander'
import { homeOption, whole } from './options.ts'

export const pruneCommand = homeOption(new Command('prune'))
  .description('remove the folders of old runs; never one that lives')
  .option('--keep <number>', 'how many of the newest stay', whole(0), 20)
  .option('--dry-run', 'say what would be removed, and remove nothing')
  .action(async (options: { home: string; keep: number; dryRun?: true }) => {
    const { prune } = await import('./remove-runs.ts')
    await prune(options)
  })
