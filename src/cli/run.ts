import { basename } from 'node:path'
import { Command } from 'commander'
import { type PlayOptions, withGateOptions } from './options.ts'

export const runCommand = withGateOptions(new Command('run'))
  .description('play some scenarios, named by file or name')
  .argument('<scenario...>', 'scenarios/comments-refused.scenario.ts, or comments-refused')
  .action(async (scenarios: string[], options: PlayOptions) => {
    const { play } = await import('./play.ts')
    await play({ ...options, only: scenarios.map((name) => basename(name).replace(/\.scenario\.[mc]?[jt]s$/, '')) })
  })
