import type { Contract } from '../../contract/define.ts'
import { validateContract } from '../../contract/validate.ts'
import { BrownoutError, exitCodes, type Problem } from '../../core/errors.ts'
import { emitPacts } from '../emit/emit-contracts.ts'
import type { HttpInteraction, PactRequest, PactResponse } from '../model.ts'
import { playWithCore } from './core.ts'

export interface ConsumerPactOptions {
  /** Folder of the pact that is written, `pacts` unless given. What is there already is added to. */
  dir?: string
}

/** One stance of one interaction, as the provider may answer it. */
export interface StanceCase {
  /** `'log in (redis is unavailable)'` */
  readonly name: string
  readonly interaction: string
  readonly stance: 'normal' | 'unaffected' | 'reduced' | 'refused'
  /** `'redis: unavailable'`; `null` for the normal half. */
  readonly condition: string | null
  /** What is answered. */
  readonly response: PactResponse
  /** What the consumer is to send, by example; values of its own are right where the contract has places for them. */
  readonly request: PactRequest
  /**
   * Starts Pact's own mock server, which answers as this stance has it, and runs `test` with its address. Rejects when the
   * test does, and when the consumer sent something else or nothing. The pact is written when all was right.
   */
  play<Value>(test: (url: string) => Promise<Value>): Promise<Value>
}

/**
 * Everything a consumer must cope with, by its contract: each answerable stance of each interaction. Its tests play them all
 * against its real client; the pact they write is the one that `brownout pact emit` writes. Play one at a time: Pact's
 * library adds to the same file.
 *
 * @example
 * describe.each(consumerPact(contract))('$name', (one) => {
 *   test('is coped with', () => one.play(async (url) => {
 *     const page = await readArticle(url, 1)
 *     expect(page.comments).toBe(one.stance === 'refused' ? 'later' : expect.any(Array))
 *   }))
 * })
 */
export function consumerPact(contract: Contract, { dir = 'pacts' }: ConsumerPactOptions = {}): StanceCase[] {
  const file = `${contract.consumer} → ${contract.provider}`
  const [emitted] = throwIfWrong(validateContract(contract, file)) ?? emitPacts([{ file, contract }])
  throwIfWrong(emitted?.problems ?? [])
  const http = (emitted?.pact.interactions ?? []).filter((one) => one.kind === 'http')
  return http.map((one) => caseOf(one, { dir, consumer: contract.consumer, provider: contract.provider }))
}

function throwIfWrong(problems: readonly Problem[]): undefined {
  if (problems.length === 0) return
  throw new BrownoutError('CONTRACT_INVALID', 'Failed to make a pact of the contract.', {
    exitCode: exitCodes.usage,
    problems,
  })
}

function caseOf(interaction: HttpInteraction, where: { dir: string; consumer: string; provider: string }): StanceCase {
  const { description, comments, request, response } = interaction
  const own = comments['brownout'] as { interaction: string; stance?: StanceCase['stance']; condition?: string }
  return {
    name: description,
    interaction: own.interaction,
    stance: own.stance ?? 'normal',
    condition: own.condition ?? null,
    request,
    response,
    play: (test) => playWithCore(interaction, where, test),
  }
}
