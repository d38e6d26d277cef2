import { ms } from '../core/duration.ts'
import type { FaultRecord } from '../fault/record.ts'
import { timesOf } from './timeline.ts'

/** A time in which a fault was there, on the run's clock. */
export interface Span {
  begin: number
  end: number
}

/**
 * When a fault was there, by its own account: as a rule all the time that it was in force. A restart is over as soon as its last
 * instance is ready again, and a flapping port is one only while it is refused. In order.
 */
export function presenceOf(record: FaultRecord): Span[] {
  const { fault, steps } = record
  const { inForce: begin, undoAsked: end } = timesOf(record)
  if (begin === Infinity) return []
  switch (fault.kind) {
    case 'restart':
      return [{ begin, end: restartedAt(record) ?? end }]
    case 'flapping':
      // It is let through no sooner than that long after it was seen to be refused.
      return steps
        .filter(({ text }) => text === 'refused')
        .map(({ at }) => ({ begin: at, end: Math.min(at + ms(fault.down), end) }))
    default:
      return [{ begin, end }]
  }
}

/** `null` where one of the instances was not seen to be ready again. */
function restartedAt({ instances, steps }: FaultRecord): number | null {
  const ready = instances.map((id) => steps.findLast(({ text }) => text === `${id} is ready`)?.at ?? Infinity)
  const last = Math.max(-Infinity, ...ready)
  return Number.isFinite(last) ? last : null
}

/** Whether something that was under way from `from` to `to` began in one of the spans, and ended before the last was over. */
export function meets(spans: readonly Span[], from: number, to: number): boolean {
  const last = spans.at(-1)
  if (last === undefined || to >= last.end) return false
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((spans[middle] as Span).begin < from) low = middle + 1
    else high = middle
  }
  return from < (spans[low - 1]?.end ?? -Infinity)
}
