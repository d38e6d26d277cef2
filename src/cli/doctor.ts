import { Command, Option } from 'commander'
import { type EngineSet, partsOfSets } from '../engines/needs.ts'
import { homeOption } from './options.ts'

export interface DoctorOptions {
  home: string
  fix?: true
  json?: true
  engines: EngineSet
}

const engines = new Option('--engines <set>', 'which are to be used: exit 6 when they cannot be')
  .choices(Object.keys(partsOfSets))
  .default('embedded' satisfies EngineSet)

export const doctorCommand = homeOption(new Command('doctor'))
  .description('what this machine has of the parts, which engines can be used, and what older runs left behind')
  .option('--fix', 'remove what older runs left behind, and look again')
  .addOption(engines)
  .option('--json', 'print what was found as JSON')
  .action(async (options: DoctorOptions) => {
    const { examine } = await import('./examine.ts')
    await examine(options)
  })
