import { createRequire } from 'node:module'
import type * as Core from '@pact-foundation/pact-core'
import { BrownoutError, exitCodes, messageOf } from '../../core/errors.ts'
import type { HttpInteraction } from '../model.ts'
import { tell } from './tell.ts'

/** Of the native library's numbers for versions of the format: V4. */
const v4 = 5

export interface PactFile {
  dir: string
  consumer: string
  provider: string
}

/** Loaded only when a test plays: it is a native library, and an optional dependency. */
function loadCore(): typeof Core {
  // It tells its makers of its use, unless it is told not to.
  process.env['PACT_DO_NOT_TRACK'] ??= 'true'
  try {
    return createRequire(import.meta.url)('@pact-foundation/pact-core') as typeof Core
  } catch (error) {
    throw new BrownoutError('PACT_MISSING', `Failed to load Pact's mock server: ${messageOf(error)}.`, {
      exitCode: exitCodes.partMissing,
      hint: 'npm install --save-dev @pact-foundation/pact-core',
    })
  }
}

/** One interaction on Pact's own mock server, for as long as `test` takes; the pact is written when all was right. */
export async function playWithCore<Value>(
  interaction: HttpInteraction,
  { dir, consumer, provider }: PactFile,
  test: (url: string) => Promise<Value>,
): Promise<Value> {
  const { makeConsumerPact } = loadCore()
  const pact = makeConsumerPact(consumer, provider, v4, 'error')
  tell(interaction, pact.newInteraction(interaction.description))
  const port = pact.pactffiCreateMockServerForTransport('127.0.0.1', 'http', '{}', 0)
  if (port <= 0) throw new Error(`Pact's mock server did not start: error ${port}`)
  try {
    const outcome = await test(`http://127.0.0.1:${port}`).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    // What was sent is told first: that the client got an error from the mock server is what came of it.
    if (!pact.mockServerMatchedSuccessfully(port))
      throw wrongRequest(interaction, pact.mockServerMismatches(port), outcome)
    if ('error' in outcome) throw outcome.error
    pact.writePactFile(dir)
    return outcome.value
  } finally {
    pact.cleanupMockServer(port)
  }
}

function wrongRequest({ description }: HttpInteraction, mismatches: unknown, outcome: object): Error {
  const cause = 'error' in outcome ? { cause: outcome.error } : {}
  return new Error(
    `"${description}" was not asked for as the contract has it:\n${JSON.stringify(mismatches, null, 2)}`,
    cause,
  )
}
