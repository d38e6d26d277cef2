import type { Contract } from '../contract/define.ts'
import { validateContract } from '../contract/validate.ts'
import { BrownoutError, exitCodes, type Problem } from '../core/errors.ts'
import { formatProblems } from '../core/place.ts'
import { createMock, type Mock } from './mock.ts'
import type { PactFile } from './stub.ts'
import { emitPacts } from '../pact/emit/emit-contracts.ts'
import { readPact } from '../pact/read/read-pact.ts'

/** A contract, or a pact of any version: its text, or what `JSON.parse` makes of it. */
export type MockSource = Contract | string | object

/** Throws `INVALID_SOURCE` with all that is wrong: in a test the message is all that is seen. */
export function mockOf(source: MockSource): Mock {
  const { pacts, problems } = isContract(source) ? fromContract(source) : fromPact(source)
  const { mock, problems: between } = createMock(pacts)
  const all = [...problems, ...between]
  if (all.length === 0) return mock
  throw new BrownoutError('INVALID_SOURCE', `Failed to mock a service:\n${formatProblems(all)}`, {
    exitCode: exitCodes.usage,
    problems: all,
  })
}

function isContract(source: MockSource): source is Contract {
  return typeof source === 'object' && 'kind' in source && source.kind === 'contract'
}

function fromContract(contract: Contract): { pacts: PactFile[]; problems: Problem[] } {
  const file = `${contract.consumer} → ${contract.provider}`
  const wrong = validateContract(contract, file)
  if (wrong.length > 0) return { pacts: [], problems: wrong }
  const emitted = emitPacts([{ file, contract }], { whole: true })
  return {
    pacts: emitted.map(({ pact }) => ({ file, pact })),
    problems: emitted.flatMap(({ problems }) => problems),
  }
}

function fromPact(source: string | object): { pacts: PactFile[]; problems: Problem[] } {
  const file = 'the pact'
  const { pact, problems } = readPact(typeof source === 'string' ? source : JSON.stringify(source), file)
  return { pacts: pact ? [{ file, pact }] : [], problems }
}
