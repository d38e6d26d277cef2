import { Command } from 'commander'
import { onlyOption, type PlayOptions, withGateOptions } from './options.ts'

export const gateCommand = withGateOptions(onlyOption(new Command('gate')))
  .description('may this version ship? plays every scenario on one running system, and decides')
  .action(async (options: PlayOptions) => {
    const { play } = await import('./play.ts')
    await play(options)
  })
