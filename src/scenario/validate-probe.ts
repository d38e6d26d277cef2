import { isRecord, type Place, show } from '../contract/place.ts'
import { isSchema } from '../contract/validate-half.ts'
import type { WrittenPromise } from './promise.ts'

type ProbePromise = Extract<WrittenPromise, { kind: 'eventually' | 'never' }>

const example = "get('orders', '/effects')"

/** What a promise asks a service, and by what the answer is measured; the values are looked at as they are. */
export function checkProbe(place: Place, promise: ProbePromise): void {
  const { label, probe }: { label: unknown; probe: unknown } = promise
  if (typeof label !== 'string' || label.trim() === '')
    place.report(`${show(label)} is no label`, "say what is to come true: 'no order is missing'")
  if (!('holds' in promise) || !isSchema(promise.holds))
    place.report('has no schema to hold its answers against', 'hand over one of zod 4, or any Standard Schema')

  if (!isRecord(probe)) return place.report(`${show(probe)} is no probe`, example)
  const here = place.at('probe')
  here.record(probe, ['service', 'path', 'status'], 'a probe')
  const { service, path, status } = probe
  if (typeof service !== 'string') here.report(`${show(service)} is no service`, example)
  if (typeof path !== 'string' || !path.startsWith('/'))
    here.report(`${show(path)} is no path`, `it begins with a slash: ${example}`)
  if (status !== undefined && !(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599))
    here.report(`${show(status)} is no status of an answer`, 'a whole number from 200 to 599')
}
