import { Command } from 'commander'
import { onlyOption, type PlayOptions, withPlayOptions } from './options.ts'

export const gateCommand = withPlayOptions(onlyOption(new Command('gate')))
  .description('may this version ship? plays every scenario on one running system, and decides')
  .option('--dry-run', 'print the plan and touch nothing')
  .option('--json', 'print the report as JSON on standard output')
  .action(async (options: PlayOptions) => {
    const { play } = await import('./play.ts')
    await play(options)
  })
