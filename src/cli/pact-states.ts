import { Command } from 'commander'
import { type PlayOptions, whole, withPlayOptions } from './options.ts'

export interface StatesOptions extends PlayOptions {
  port: number
}

export const pactStatesCommand = withPlayOptions(new Command('states'))
  .description('start the system and serve its provider states to stock Pact tools, conditions by their real faults')
  .option('--port <number>', 'of the state changes; a free one unless given', whole(0), 0)
  .option('--json', 'print the addresses as JSON')
  .action(async (options: StatesOptions) => {
    const { provideStates } = await import('./serve-states.ts')
    await provideStates(options)
  })
