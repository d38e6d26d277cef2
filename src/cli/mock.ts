import { Command } from 'commander'
import { whole } from './options.ts'

export interface MockOptions {
  host: string
  port: number
  condition: string[]
  state?: string
  seed: number
}

const collect = (value: string, before: string[]) => [...before, value]

export const mockCommand = new Command('mock')
  .description('answer as contracts or pacts say, their degraded halves too, until Ctrl-C')
  .argument('<path...>', 'contracts (*.contract.ts), pacts (*.json), and folders that hold them')
  .option('-p, --port <number>', 'port to listen on; 0: a free one', whole(0), 0)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--condition <condition>', "what is broken, 'comments: unavailable'; may be repeated", collect, [])
  .option('--state <name>', 'provider state to prefer where several interactions take a request')
  .option('--seed <number>', 'decides what generators of a pact make', whole(0), 1)
  .action(async (paths: string[], options: MockOptions) => {
    const { mock } = await import('./serve-mock.ts')
    await mock(paths, options)
  })
