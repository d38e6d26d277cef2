import { Command } from 'commander'
import { onlyOption, type PlayOptions, withPlayOptions } from './options.ts'

export const planCommand = withPlayOptions(onlyOption(new Command('plan')))
  .description('what a gate would do: targets, phases, responses needed; nothing is touched')
  .option('--json', 'print the plan as JSON on standard output')
  .action(async (options: PlayOptions) => {
    const { play } = await import('./play.ts')
    await play({ ...options, dryRun: true })
  })
