import { Command } from 'commander'
import { type PlayOptions, withPlayOptions } from './options.ts'

export const upCommand = withPlayOptions(new Command('up'))
  .description('start the system alone, without faults or load, until Ctrl-C')
  .action(async (options: PlayOptions) => {
    const { up } = await import('./system-up.ts')
    await up(options)
  })
