import { Command } from 'commander'
import { homeOption } from './options.ts'

export interface DoctorOptions {
  home: string
  fix?: true
  json?: true
  engines: string
}

export const doctorCommand = homeOption(new Command('doctor'))
  .description('what this machine has of the parts, which engines can be used, and what older runs left behind')
  .option('--fix', 'remove what older runs left behind, and look again')
  .option('--engines <which>', 'which are to be used, as of a gate: exit 6 when they cannot be', 'embedded')
  .option('--json', 'print what was found as JSON')
  .action(async (options: DoctorOptions) => {
    const { examine } = await import('./examine.ts')
    await examine(options)
  })
