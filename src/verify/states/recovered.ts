import type { Checker } from '../../contract/check.ts'
import { prepareRequest } from '../../contract/fill.ts'
import { resolveStance } from '../../contract/resolve.ts'
import type { InteractionTerms } from '../../contract/terms.ts'
import { formatMs } from '../../core/duration.ts'
import { request } from '../../core/http.ts'
import type { WorkloadInteraction } from '../../load/workload.ts'
import type { Session } from '../../run/session.ts'
import { type HeldCondition, refuse } from './held-condition.ts'

/** Several instances may stand behind one door, each with a breaker of its own. */
const timesInARow = 5
/** For contracts that say nothing of recovery. */
const leastMs = 2_000
const askedEveryMs = 50

export interface RecoveryInput {
  interactions: readonly InteractionTerms[]
  checker: Checker
  session: Session
  /** With their provider states set up. */
  fill(interactions: readonly InteractionTerms[]): Promise<readonly WorkloadInteraction[]>
}

/**
 * Sends the requests of all interactions that a condition degrades until each has kept its normal half several times in a
 * row. Rejects when that takes longer than the longest `recovers` of them.
 */
export async function becomeWhole({ fault, asked }: HeldCondition, input: RecoveryInput): Promise<void> {
  const { interactions, session } = input
  const degraded = interactions.filter((one) =>
    fault.record.felt.some((felt) => (resolveStance(one, felt)?.bit ?? null) !== null),
  )
  if (degraded.length === 0) return
  const limitMs = Math.max(leastMs, ...degraded.map(({ recoversMs }) => recoversMs))
  const until = session.clock.now() + limitMs
  const filled = await input.fill(degraded)
  await Promise.all(
    filled.map(async (one) => {
      for (let well = 0; well < timesInARow && !session.over;) {
        if (await keepsNormal(one, input)) well++
        else if (session.clock.now() > until)
          throw refuse(
            'the next state',
            `${asked.dependency} was ${asked.condition}, and ${formatMs(limitMs)} after that "${nameOf(one.id, interactions)}" is not whole again`,
          )
        else {
          well = 0
          await session.sleep(askedEveryMs)
        }
      }
    }),
  )
}

async function keepsNormal(
  { id, base, request: template, rows }: WorkloadInteraction,
  { checker, session }: RecoveryInput,
): Promise<boolean> {
  const { method, path, headers, body } = prepareRequest(template)(rows[0] ?? {})
  try {
    const limit = { limitMs: 5_000, signal: session.signal }
    const { status, text, headers: got } = await request(method, base + path, { headers, text: body, ...limit })
    return (checker.keeps(id, { status, headers: got, body: text }) & 1) === 1
  } catch {
    return false
  }
}

function nameOf(id: number, interactions: readonly InteractionTerms[]): string {
  return interactions.find((one) => one.id === id)?.key ?? ''
}
