import { tryMs } from '../core/duration.ts'
import { isRecord, type Place, show } from './place.ts'
import type { Stance } from './stance.ts'

const halfKeys = ['status', 'headers', 'body', 'within']
const refusedKeys = [...halfKeys, 'retryAfter', 'problem']

/** Reports what is wrong with a stance; hands it back when nothing is. */
export function checkStance(place: Place, value: unknown): Stance | undefined {
  const kind = isRecord(value) ? value['kind'] : undefined
  if (!isRecord(value) || (kind !== 'unaffected' && kind !== 'reduced' && kind !== 'refused')) {
    const called = typeof value === 'function' && value.name !== '' ? `${value.name}(…)` : undefined
    place.report('is no stance', `Write ${called ?? 'unaffected(), reduced({ … }) or refused({ … })'}.`)
    return undefined
  }
  if (kind !== 'unaffected' && !checkHalf(place, value['half'], kind)) return undefined
  return value as unknown as Stance
}

/** Reports what is wrong with a half, and tells whether it can be read as one. */
export function checkHalf(place: Place, value: unknown, kind: 'normal' | 'reduced' | 'refused'): boolean {
  return place.isFine(() => {
    const half = place.record(value, kind === 'refused' ? refusedKeys : null, `a ${kind} half`)
    if (!half) return
    if (kind !== 'refused') checkKeys(place, half, kind)
    const { status, headers, body, within, retryAfter, problem } = half
    if (status !== undefined) checkStatus(place.at('status'), status)
    if (headers !== undefined) checkHeaders(place.at('headers'), headers, retryAfter)
    if (body !== undefined && !isSchema(body))
      place.at('body').report('is no schema', 'A body is demanded by zod 4 or any Standard Schema.')
    if (within !== undefined && !(Number(tryMs(within)) > 0))
      place.at('within').report(`${show(within)} is no length of time`, `Write it as '500ms', '5s' or '2m'.`)
    for (const [name, flag] of Object.entries({ retryAfter, problem })) {
      if (flag !== undefined && typeof flag !== 'boolean') place.at(name).report('is neither true nor false')
    }
  })
}

function checkKeys(place: Place, half: Record<string, unknown>, kind: string): void {
  const { retryAfter, problem, ...rest } = half
  for (const [name, value] of Object.entries({ retryAfter, problem })) {
    if (value !== undefined) place.at(name).report(`a ${kind} half has no "${name}"`, 'Only refused({ … }) has it.')
  }
  place.record(rest, halfKeys, `a ${kind} half`)
}

function checkStatus(place: Place, status: unknown): void {
  const all: unknown[] = Array.isArray(status) ? status : [status]
  if (all.length === 0) place.report('no status would be right')
  for (const one of all) {
    if (!Number.isInteger(one) || Number(one) < 100 || Number(one) > 599)
      place.report(`${show(one)} is no HTTP status`, 'A status is a whole number from 100 to 599.')
  }
}

function checkHeaders(place: Place, value: unknown, retryAfter: unknown): void {
  for (const [name, demand] of Object.entries(place.record(value, null, 'headers') ?? {})) {
    if (typeof demand !== 'string' && !(demand instanceof RegExp) && !isSchema(demand))
      place.at(name).report('a header is demanded by text, a pattern or a schema')
    if (name.toLowerCase() === 'retry-after' && retryAfter === false)
      place.at(name).report('is demanded here and declined by "retryAfter: false"')
  }
}

/** Whether a value is a Standard Schema; some vendors' are functions. */
export function isSchema(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  const standard: unknown = '~standard' in value ? value['~standard'] : undefined
  return isRecord(standard) && typeof standard['validate'] === 'function'
}
