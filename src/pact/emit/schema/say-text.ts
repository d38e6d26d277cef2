import type { JsonSchema } from '../../../contract/wire-schema.ts'
import type { Matcher } from '../../model.ts'
import { exampleOf } from './pattern-example.ts'
import { portable } from './portable-pattern.ts'
import { type Here, leaf, ruleAt, type Said, type Saying } from './saying.ts'

/** Formats that are patterns, for schemas that name them alone. */
const patternOf: Readonly<Record<string, string>> = {
  uuid: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  date: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
  'date-time': '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$',
}

/** Good to read, where a pattern alone would give something odd. */
const exampleOfFormat: Readonly<Record<string, string>> = {
  uuid: '6f1c3a52-8d04-4b7e-9a61-2c5d8e90f314',
  date: '2026-01-31',
  time: '12:30:00',
  'date-time': '2026-01-31T12:30:00Z',
  email: 'ada@example.com',
  uri: 'https://example.com/',
}

export function sayText(here: Here, { gaps }: Saying): Said {
  const { schema, path } = here
  // A number in its place would be read as text by the rules that follow.
  const matchers: Matcher[] = [{ match: 'type' }]
  const length = lengthPattern(schema)
  if (length === 'notEmpty') matchers.push({ match: 'notEmpty' })
  else if (length !== undefined) matchers.push({ match: 'regex', regex: length })
  const patterns = patternsOf(schema)
  for (const pattern of patterns) {
    const regex = portable(pattern)
    if (regex === undefined)
      gaps.report('patterns', path, `must match a pattern with lookaround or the like: ${pattern}`)
    else matchers.push({ match: 'regex', regex })
  }
  if (patterns.length === 0 && schema.format !== undefined)
    gaps.report('patterns', path, `must be in the format "${schema.format}"`)
  return leaf(exampleFor(here, patterns), ruleAt(path, matchers))
}

function patternsOf({ pattern, format, allOf = [] }: JsonSchema): string[] {
  const written = [pattern, ...allOf.map((part) => part.pattern)].filter((one) => one !== undefined)
  const known = format === undefined ? undefined : patternOf[format]
  return written.length === 0 && known !== undefined ? [known] : written
}

function lengthPattern({ minLength = 0, maxLength }: JsonSchema): 'notEmpty' | string | undefined {
  if (maxLength !== undefined) return `^[\\s\\S]{${minLength},${maxLength}}$`
  if (minLength > 1) return `^[\\s\\S]{${minLength},}$`
  return minLength === 1 ? 'notEmpty' : undefined
}

/** The name of the field is the best text for it that can be had without being told one. */
function exampleFor({ schema, path, hint }: Here, patterns: readonly string[]): string {
  if (typeof hint === 'string') return hint
  const { format = '', minLength = 0, maxLength = Infinity } = schema
  const fits = (text: string) =>
    text.length >= minLength &&
    text.length <= maxLength &&
    patterns.every((pattern) => new RegExp(pattern, 'u').test(text))
  const name = path.findLast((step) => typeof step === 'object' && 'field' in step)
  const word = typeof name === 'object' && 'field' in name ? name.field : 'text'
  const long = word.repeat(Math.max(1, Math.ceil(minLength / word.length))).slice(0, maxLength)
  const shortest = patterns[0] === undefined ? '' : exampleOf(patterns[0], minLength)
  return [exampleOfFormat[format] ?? word, word, long, shortest].find(fits) ?? shortest
}
