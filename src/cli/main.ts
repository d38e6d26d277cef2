import { Command } from 'commander'
import { exitCodes } from '../core/errors.ts'
import { diffCommand } from './diff.ts'
import { doctorCommand } from './doctor.ts'
import { gateCommand } from './gate.ts'
import { mockCommand } from './mock.ts'
import { pactCommand } from './pact.ts'
import { partsCommand } from './parts.ts'
import { planCommand } from './plan.ts'
import { pruneCommand } from './prune.ts'
import { reportCommand } from './report.ts'
import { runCommand } from './run.ts'
import { catchBugs } from './signals.ts'
import { upCommand } from './up.ts'
import { version } from './version.ts'

catchBugs()

const program = new Command('brownout')
  .description('Contract testing and chaos resilience for services')
  .version(version)
  .addCommand(gateCommand)
  .addCommand(runCommand)
  .addCommand(planCommand)
  .addCommand(reportCommand)
  .addCommand(upCommand)
  .addCommand(pruneCommand)
  .addCommand(doctorCommand)
  .addCommand(partsCommand)
  .addCommand(pactCommand)
  .addCommand(mockCommand)
  .addCommand(diffCommand)

// Bad usage is 2 everywhere; the library's own code for it is 1.
for (const command of [program, ...program.commands, ...pactCommand.commands]) {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitCodes.usage))
}

await program.parseAsync()
