import { conditions } from '../contract/condition.ts'
import { isRecord, type Place, show } from '../contract/place.ts'
import { tryMs } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import type { Fault } from '../fault/vocabulary.ts'

const kinds = ['down', 'timeout', 'reset', 'latency', 'kill'] satisfies Fault['kind'][]
const streams = ['upstream', 'downstream']
const example = "down('storefront → comments')"

/** Whether a value is a fault, whatever it may be aimed at; reports why not. */
export function checkFault(place: Place, value: unknown): value is Fault {
  return place.isFine(() => {
    if (!isRecord(value)) return place.report(`${show(value)} is no fault`, example)
    const { kind, condition } = value
    if (kind === undefined && typeof value['atMost'] === 'function')
      return place.report(
        'is the beginning of a promise, not a fault',
        "with a delay it is one: latency('redis', '300ms')",
      )
    if ('quantile' in value) return place.report('is a promise, not a fault', "latency('redis', '300ms')")
    if (!kinds.some((known) => known === kind))
      return place.report(`unknown kind of fault "${String(kind)}"`, suggestion(String(kind), kinds))
    if (!conditions.some((known) => known === condition))
      place.report(`unknown condition "${String(condition)}"`, suggestion(String(condition), conditions))
    if (kind === 'kill') return checkInstance(place, value['instance'])
    if (typeof value['on'] !== 'string') place.report(`${show(value['on'])} is no edge and no dependency`, example)
    if (kind === 'timeout' && !streams.includes(String(value['stream'])))
      place.report(`unknown stream "${String(value['stream'])}"`, suggestion(String(value['stream']), streams))
    checkDurations(place, value)
  })
}

function checkInstance(place: Place, instance: unknown): void {
  const name = isRecord(instance) ? instance['one' in instance ? 'one' : 'id'] : undefined
  if (typeof name !== 'string')
    place.report(`${show(instance)} is no instance`, "kill('auth') or kill(one('storefront'))")
}

function checkDurations(place: Place, { kind, delay, jitter, after }: Record<string, unknown>): void {
  const durations = kind === 'latency' ? [delay, jitter] : kind === 'down' ? [] : [after]
  for (const duration of durations)
    if (tryMs(duration) === undefined)
      place.report(`"${String(duration)}" is no duration`, "write it as '500ms' or '5s'")
}
