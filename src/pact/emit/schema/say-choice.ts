import type { Json } from '../../../contract/define.ts'
import type { JsonSchema } from '../../../contract/wire-schema.ts'
import type { Matcher } from '../../model.ts'
import { escapePattern } from './portable-pattern.ts'
import { type Here, leaf, ruleAt, type Said, type Saying, unsaid } from './saying.ts'

/** One of several: values, or kinds of values as far as one matcher each tells them apart. */
export function sayChoice(here: Here, saying: Saying): Said | undefined {
  const values = valuesOf(here.schema)
  if (values) return sayOneOf(here, values, saying)
  const { enum: _enum, anyOf, oneOf, type, ...shared } = here.schema
  const kinds: readonly JsonSchema[] = anyOf ?? oneOf ?? [type ?? []].flat().map((one) => ({ ...shared, type: one }))
  const [only] = kinds
  if (only && kinds.length === 1) return saying.say({ ...here, schema: only })
  return sayKinds(here, kinds, saying)
}

/** The values that are allowed, when they are all that is said. */
function valuesOf(schema: JsonSchema): readonly Json[] | undefined {
  if (schema.enum) return schema.enum as readonly Json[]
  const parts = schema.anyOf ?? schema.oneOf ?? []
  return parts.length > 0 && parts.every((part) => 'const' in part)
    ? parts.map((part) => part.const as Json)
    : undefined
}

function sayOneOf({ path, hint }: Here, values: readonly Json[], { gaps }: Saying): Said {
  const example = values.find((value) => value === hint) ?? values[0] ?? null
  if (values.length === 1) return leaf(example, ruleAt(path, [{ match: 'equality' }]))
  const kind = typeof example
  if ((kind === 'string' || kind === 'number') && values.every((value) => typeof value === kind)) {
    const regex = `^(?:${values.map((value) => escapePattern(String(value))).join('|')})$`
    return leaf(example, ruleAt(path, [{ match: kind === 'number' ? 'number' : 'type' }, { match: 'regex', regex }]))
  }
  gaps.report('alternatives', path, 'is one of several values of different kinds')
  return unsaid(example)
}

/** Each kind by one matcher; `type` speaks of the example, so one kind at most may use it, and it gives the example. */
function sayKinds(here: Here, kinds: readonly JsonSchema[], saying: Saying): Said | undefined {
  const said = kinds.flatMap((schema) => saying.say({ ...here, schema }) ?? [])
  const [first] = said.toSorted((a, b) => Number(a.whole === null) - Number(b.whole === null))
  if (!first) return undefined
  const matchers = said.map(onlyMatcher)
  const typed = said.filter((_, index) => matchers[index]?.match === 'type')
  if (said.length < kinds.length || !matchers.every((matcher) => matcher !== undefined) || typed.length > 1) {
    saying.gaps.report('alternatives', here.path, 'may be of one kind or of another')
    return unsaid(first.whole)
  }
  return leaf((typed[0] ?? first).whole, ruleAt(here.path, matchers, 'OR'))
}

/** What tells a kind from others, when one matcher does. */
function onlyMatcher({ whole, rules }: Said): Matcher | undefined {
  const [rule, ...more] = rules
  const [matcher, ...others] = rule?.matchers ?? []
  // Stock tools compare objects and lists with the example before any rule is asked, and an equality with nothing else.
  const isNested = typeof whole === 'object' && whole !== null
  if (more.length > 0 || others.length > 0 || isNested || matcher?.match === 'equality') return undefined
  return typeof whole === 'boolean' ? { match: 'boolean' } : matcher
}
