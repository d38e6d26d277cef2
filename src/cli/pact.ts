import { Command } from 'commander'
import { pactEmitCommand } from './pact-emit.ts'
import { pactImportCommand } from './pact-import.ts'
import { pactStatesCommand } from './pact-states.ts'

export const pactCommand = new Command('pact')
  .description('contracts as pacts, and pacts of any version as contracts')
  .addCommand(pactEmitCommand)
  .addCommand(pactImportCommand)
  .addCommand(pactStatesCommand)
