import { isRecord, type Place, show } from '../contract/place.ts'
import { tryMs } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import { describePromise, responseClasses, type WrittenPromise } from './promise.ts'
import { checkProbe } from './validate-probe.ts'

/** The parts of each kind of promise, besides `kind`. */
const parts: Record<WrittenPromise['kind'], readonly string[]> = {
  share: ['class', 'bound', 'value', 'of'],
  none: ['class', 'of'],
  latency: ['quantile', 'atMost', 'of'],
  amplification: ['edge', 'atMost'],
  recovers: ['within'],
  isolated: ['of', 'factor'],
  eventually: ['label', 'probe', 'holds', 'within'],
  never: ['label', 'probe', 'holds'],
  threshold: ['metric', 'expression'],
}
/** A threshold is made by its script: nobody writes one in a scenario. */
const kinds = Object.keys(parts).filter((kind) => kind !== 'threshold')
const fraction = 'a fraction between 0 and 1: 0.99 is 99 %'
const quantiles = ['p50', 'p75', 'p90', 'p95', 'p99']

/** Whether a value is a promise that says something, whatever it may be about; reports why not. */
export function checkPromise(place: Place, value: unknown): value is WrittenPromise {
  return place.isFine(() => {
    if (!isRecord(value)) return place.report(`${show(value)} is no promise`, "share('broken').atMost(0.05)")
    const { kind, of } = value
    const open = Object.keys(value).filter((key) => typeof value[key] === 'function')
    if (kind === undefined && open.length > 0)
      return place.report(`is not finished: add ${open.map((name) => `.${name}(…)`).join(' or ')}`)
    if (!kinds.some((known) => known === kind))
      return place.report(`unknown kind of promise "${String(kind)}"`, suggestion(String(kind), kinds))
    if (kind === 'latency' && 'on' in value)
      return place.report('is a fault, not a promise', "latency('p95').atMost('600ms')")
    const promise = value as unknown as WrittenPromise
    place.record(value, ['kind', ...parts[promise.kind]], `the promise "${promise.kind}"`)
    if (of !== undefined && typeof of !== 'string') place.report(`${show(of)} is no interaction`)
    checkTerms(place, promise)
  })
}

/** A scenario may be plain JavaScript: the values are looked at as they are, not as they were declared. */
function checkTerms(place: Place, promise: WrittenPromise): void {
  const known = (what: string, name: unknown, names: readonly string[]) => {
    if (!names.includes(name as string))
      place.report(`unknown ${what} "${String(name)}"`, suggestion(String(name), names))
  }
  const report = (message: string, hint?: string) => place.report(`"${describePromise(promise)}" ${message}`, hint)
  const needsDuration = (text: unknown) => {
    if (tryMs(text) === undefined) report(`needs a duration, not "${String(text)}"`)
  }
  switch (promise.kind) {
    case 'none':
      return known('class', promise.class, responseClasses)
    case 'share':
      known('class', promise.class, responseClasses)
      known('bound', promise.bound, ['atLeast', 'atMost'])
      if (isNumber(promise.value)) checkShare(promise, report)
      else place.report(`${show(promise.value)} is no share`, fraction)
      return
    case 'latency':
      known('quantile', promise.quantile, quantiles)
      return needsDuration(promise.atMost)
    case 'amplification':
      if (typeof promise.edge !== 'string') place.report(`${show(promise.edge)} is no edge`)
      else if (!isNumber(promise.atMost) || promise.atMost <= 0) report('needs a factor above 0')
      return
    case 'recovers':
      return needsDuration(promise.within)
    case 'isolated':
      if (promise.of === undefined) place.report(`${show(promise.of)} is no interaction`)
      else if (!isNumber(promise.factor) || promise.factor < 1)
        report(`needs a factor of 1 or more, not ${show(promise.factor)}`, '2 allows it to take twice as long')
      return
    case 'eventually':
      if (promise.within !== undefined) needsDuration(promise.within)
      return checkProbe(place, promise)
    case 'never':
      return checkProbe(place, promise)
    case 'threshold':
      return
  }
}

function checkShare(
  { class: responseClass, bound, value }: Extract<WrittenPromise, { kind: 'share' }>,
  report: (message: string, hint?: string) => void,
): void {
  const allowed = bound === 'atLeast' ? 1 - value : value
  if (value < 0 || value > 1) report('is no share', fraction)
  else if (allowed <= 0)
    report(
      'can never be proven from a sample',
      `none('${bound === 'atLeast' ? 'broken' : responseClass}') counts what was observed`,
    )
  else if (allowed >= 1) report('is always kept, so it says nothing')
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
