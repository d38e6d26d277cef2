import { Command } from 'commander'

export interface EmitOptions {
  config?: string
  output: string
  check?: true
}

export const pactEmitCommand = new Command('emit')
  .description('write the contracts as Pact V4 files, the same bytes each time')
  .option('-c, --config <file>', 'config file (default: brownout.config.ts here)')
  .option('-o, --output <folder>', 'where the files go', 'pacts')
  .option('--check', 'write nothing; exit 1 when what is there is not what would be written')
  .action(async (options: EmitOptions) => {
    const { emit } = await import('./emit-pacts.ts')
    await emit(options)
  })
