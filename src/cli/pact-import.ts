import { Command } from 'commander'

export interface ImportOptions {
  output?: string
  json?: true
}

export const pactImportCommand = new Command('import')
  .description('read pacts of any version, V1 to V4, and say what is wrong with them and what is not carried over')
  .argument('<path...>', 'pact files, and folders with .json files')
  .option('-o, --output <folder>', 'write each as Pact V4, under its own name')
  .option('--json', 'print what was found as JSON')
  .action(async (paths: string[], options: ImportOptions) => {
    const { importPacts } = await import('./import-pacts.ts')
    await importPacts(paths, options)
  })
