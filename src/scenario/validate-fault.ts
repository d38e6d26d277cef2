import { conditions } from '../contract/condition.ts'
import { isRecord, type Place, show } from '../contract/place.ts'
import { tryMs } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import type { Fault } from '../fault/vocabulary.ts'

type Check = (place: Place, value: unknown) => void

const onEdge = { on: checkEdge, condition: oneOf('condition', conditions) }
const onInstance = { instance: checkInstance, condition: onEdge.condition }
const timing = { from: orAbsent(duration(0)), for: orAbsent(duration(1)) }

/** What each kind of fault is made of, besides its timing. */
const parts: Record<Fault['kind'], Readonly<Record<string, Check>>> = {
  down: onEdge,
  flapping: { ...onEdge, down: duration(1), up: duration(1) },
  timeout: { ...onEdge, stream: oneOf('stream', ['upstream', 'downstream']), after: duration(0) },
  reset: { ...onEdge, after: duration(0) },
  latency: { ...onEdge, delay: duration(0), jitter: duration(0) },
  bandwidth: { ...onEdge, rate: whole('bandwidth', 1, 'a whole number of kB a second, 1 or more') },
  slicer: { ...onEdge, size: whole('size', 1, 'a whole number of bytes, 1 or more'), delay: duration(0) },
  limitData: { ...onEdge, bytes: whole('limit', 0, 'a whole number of bytes') },
  slowClose: { ...onEdge, delay: duration(0) },
  kill: onInstance,
  pause: onInstance,
  restart: onInstance,
  surge: { of: checkInteraction, rate: checkRate },
}
const kinds = Object.keys(parts)

/** Whether a value is a fault, whatever it may be aimed at; reports why not. */
export function checkFault(place: Place, value: unknown): value is Fault {
  return place.isFine(() => {
    if (!isRecord(value)) return place.report(`${show(value)} is no fault`, "down('storefront → comments')")
    if (value['kind'] === undefined && typeof value['atMost'] === 'function')
      return place.report(
        'is the beginning of a promise, not a fault',
        "with a delay it is one: latency('redis', '300ms')",
      )
    if ('quantile' in value) return place.report('is a promise, not a fault', "latency('redis', '300ms')")
    const kind = String(value['kind'])
    if (!isKind(kind)) return place.report(`unknown kind of fault "${kind}"`, suggestion(kind, kinds))
    const checks = { ...parts[kind], ...timing }
    place.record(value, ['kind', ...Object.keys(checks)], `the fault "${kind}"`)
    for (const [name, check] of Object.entries(checks)) check(place, value[name])
  })
}

function isKind(kind: string): kind is Fault['kind'] {
  return kinds.includes(kind)
}

function orAbsent(check: Check): Check {
  return (place, value) => {
    if (value !== undefined) check(place, value)
  }
}

function oneOf(what: string, known: readonly string[]): Check {
  return (place, value) => {
    if (typeof value !== 'string' || !known.includes(value))
      place.report(`unknown ${what} "${String(value)}"`, suggestion(String(value), known))
  }
}

function duration(leastMs: number): Check {
  return (place, value) => {
    const length = tryMs(value)
    if (length === undefined) place.report(`"${String(value)}" is no duration`, "write it as '500ms' or '5s'")
    else if (length < leastMs) place.report(`"${String(value)}" is too short`, `${leastMs}ms or more`)
  }
}

function whole(what: string, least: number, hint: string): Check {
  return (place, value) => {
    if (!Number.isSafeInteger(value) || Number(value) < least) place.report(`${show(value)} is no ${what}`, hint)
  }
}

function checkEdge(place: Place, on: unknown): void {
  if (typeof on !== 'string') place.report(`${show(on)} is no edge and no dependency`, "down('storefront → comments')")
}

function checkInstance(place: Place, instance: unknown): void {
  const name = isRecord(instance) ? instance['one' in instance ? 'one' : 'id'] : undefined
  if (typeof name !== 'string')
    place.report(`${show(instance)} is no instance`, "kill('auth') or kill(one('storefront'))")
}

function checkInteraction(place: Place, of: unknown): void {
  if (typeof of !== 'string')
    place.report(`${show(of)} is no interaction`, "surge('browser → shop / order', { rate: 50 })")
}

function checkRate(place: Place, rate: unknown): void {
  if (typeof rate !== 'number' || !(rate > 0 && rate <= 100_000))
    place.report(`${show(rate)} is no rate`, 'arrivals per second, more than 0')
}
