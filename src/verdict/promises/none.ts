import type { ScenarioPromise } from '../../scenario/promise.ts'
import { percent, responses, whole } from '../figures.ts'
import { clopperPearson } from '../interval.ts'
import { statusOf, type Tally } from './counted.ts'
import type { Finding } from './scene.ts'

/** A census: what was observed, and the bound that this number of responses implies. */
export function judgeNone(
  promise: Extract<ScenarioPromise, { kind: 'none' }>,
  count: Tally,
  confidence: number,
): Finding {
  const interval = clopperPearson(count.violations, count.responses, confidence)
  const observed = count.violations / count.responses
  const reason =
    count.violations === 0
      ? `none of ${responses(count.responses)} was ${promise.class}, which bounds the share to at most ${percent(interval[1], interval)}`
      : `${whole(count.violations)} of ${responses(count.responses)} (${percent(observed, interval)}) were ${promise.class}`
  return { status: statusOf(promise, count, confidence), reason, ...count, observed, interval, unit: 'share' }
}
