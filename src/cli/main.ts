import { Command } from 'commander'
import { gateCommand } from './gate.ts'
import { planCommand } from './plan.ts'
import { reportCommand } from './report.ts'
import { runCommand } from './run.ts'
import { upCommand } from './up.ts'
import { version } from './version.ts'

await new Command('brownout')
  .description('Contract testing and chaos resilience for services')
  .version(version)
  .addCommand(gateCommand)
  .addCommand(runCommand)
  .addCommand(planCommand)
  .addCommand(reportCommand)
  .addCommand(upCommand)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parseAsync()
