import { show } from '../../contract/place.ts'
import type { Matcher, StatusClass } from '../model.ts'
import type { PactPlace } from './place.ts'

type Plain = 'equality' | 'integer' | 'decimal' | 'number' | 'boolean' | 'null' | 'notEmpty' | 'semver' | 'values'

/** Matchers that are nothing but a name, in all spellings. */
const plain = new Map<string, Plain>([
  ['equality', 'equality'],
  ['integer', 'integer'],
  ['decimal', 'decimal'],
  ['real', 'decimal'],
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['null', 'null'],
  ['notEmpty', 'notEmpty'],
  ['not-empty', 'notEmpty'],
  ['semver', 'semver'],
  ['values', 'values'],
])

const times = { date: 'date', time: 'time', datetime: 'datetime', timestamp: 'datetime' } as const

/** Attributes that tell a matcher by themselves, in the order in which the reference asks for them. */
const telling = ['regex', 'min', 'max', 'timestamp', 'datetime', 'time', 'date']

const classes: readonly string[] = [
  'info',
  'success',
  'redirect',
  'clientError',
  'serverError',
  'nonError',
  'error',
] satisfies StatusClass[]

/** The name of a matcher; V1 to V3 may leave it out: `{"regex": "…"}`, `{"min": 1}`. */
export function nameOfMatcher(written: Record<string, unknown>): unknown {
  return written['match'] ?? written['pact:matcher:type'] ?? telling.find((key) => isThere(written[key]))
}

/** A matcher that holds no others; of one that is not known, its name. */
export function readSimpleMatcher(
  name: string,
  written: Record<string, unknown>,
  place: PactPlace,
): Matcher | undefined {
  const only = (...read: readonly string[]) =>
    place.noteUnread(written, ['match', 'pact:matcher:type', ...read], `the matcher "${name}"`)
  const known = plain.get(name)
  if (known) {
    only()
    return { match: known }
  }
  switch (name) {
    case 'type':
    case 'min':
    case 'max':
    case 'min-type':
    case 'max-type':
    case 'min-max-type':
      only('min', 'max')
      return { match: 'type', ...countAt('min', written, place), ...countAt('max', written, place) }
    case 'regex':
      only('regex')
      return { match: 'regex', regex: textAt('regex', written, place) }
    case 'include':
      only('value')
      return { match: 'include', value: textAt('value', written, place) }
    case 'contentType':
    case 'content-type':
      only('value')
      return { match: 'contentType', value: textAt('value', written, place) }
    case 'date':
    case 'time':
    case 'datetime':
    case 'timestamp':
      only('format', name)
      return { match: times[name], format: readFormat(written['format'] ?? written[name], place) }
    case 'statusCode':
    case 'status-code':
      only('status')
      return readStatusCode(written['status'] ?? 'success', place.at('status'))
    default:
      place.note(`the matcher "${name}" is not known: nobody can say whether it is met`)
      return { match: 'unknown', name }
  }
}

function readStatusCode(status: unknown, place: PactPlace): Matcher | undefined {
  const codes: unknown[] = Array.isArray(status) ? status.map((code) => Number(code)) : [status]
  if (codes.every((code) => Number.isInteger(code))) return { match: 'statusCode', status: codes as number[] }
  if (status === 'information') return { match: 'statusCode', status: 'info' }
  if (typeof status === 'string' && classes.includes(status))
    return { match: 'statusCode', status: status as StatusClass }
  place.report(`${show(status)} is no class of statuses`, `Known: ${classes.join(', ')}, or a list of statuses.`)
  return undefined
}

function readFormat(format: unknown, place: PactPlace): string | null {
  if (format === undefined || format === null || format === '') return null
  if (typeof format === 'string') return format
  place.report(`${show(format)} is no format of a date or time`)
  return null
}

function countAt(
  key: 'min' | 'max',
  written: Record<string, unknown>,
  place: PactPlace,
): { min?: number; max?: number } {
  const value = written[key]
  if (!isThere(value)) return {}
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return { [key]: count }
  place.at(key).report(`${show(value)} is no number of elements`)
  return {}
}

function textAt(key: string, written: Record<string, unknown>, place: PactPlace): string {
  const text = written[key]
  if (typeof text === 'string') return text
  place.at(key).report(text === undefined ? 'is missing' : `${show(text)} is no text`)
  return ''
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}
