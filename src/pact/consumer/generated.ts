import type { Json } from '../../contract/define.ts'
import { isRecord } from '../../contract/place.ts'
import type { MatcherSet, PactBody, PactRequest, RequestRules, Rule } from '../model.ts'
import { formatPath, parsePath, type PathStep } from '../path.ts'

/** A request in which the values that have generators are told together with them, and the rules that are told apart. */
export interface ToldRequest {
  path: string
  query(name: string, value: string): string
  header(name: string, value: string): string
  body: PactBody
  rules: RequestRules
}

/**
 * Pact's library takes a generator only in a value that it belongs to, together with its matcher: such a place is a record
 * `{ value, 'pact:matcher:type', 'pact:generator:type', … }`, and its rule must not be told a second time.
 */
export function toldRequest({ path, body, rules, generators }: PactRequest): ToldRequest {
  const inPart = (category: string, key: string) => generators[category]?.[key]
  const isApart = (category: string) => (rule: Rule) => inPart(category, keyOf(category, rule)) === undefined
  const ofPart = (category: string, all: readonly Rule[]) => (name: string, value: string) =>
    inText(
      value,
      inPart(category, name),
      all.find((rule) => keyOf(category, rule) === name),
    )
  const ofPath = inPart('path', '')
  return {
    path: inText(path, ofPath, rules.path),
    query: ofPart('query', rules.query),
    header: ofPart('header', rules.headers),
    body: body.kind === 'json' ? { ...body, value: inBody(body.value, generators['body'] ?? {}, rules.body) } : body,
    rules: {
      path: ofPath === undefined ? rules.path : null,
      query: rules.query.filter(isApart('query')),
      headers: rules.headers.filter(isApart('header')),
      body: rules.body.filter(isApart('body')),
    },
  }
}

/** Of a rule for a parameter or header its name, of one in a body its path. */
function keyOf(category: string, { path }: Rule): string {
  const [step] = path
  return category !== 'body' && typeof step === 'object' && 'field' in step ? step.field : formatPath(path)
}

function inText(value: string, generator: Json | undefined, rule: MatcherSet | null | undefined): string {
  return generator === undefined ? value : JSON.stringify(together(value, generator, rule))
}

function inBody(body: Json, generators: Readonly<Record<string, Json>>, rules: readonly Rule[]): Json {
  return Object.entries(generators).reduce((whole, [path, generator]) => {
    const rule = rules.find((one) => formatPath(one.path) === path)
    return replaced(whole, parsePath(path) ?? [], (value) => together(value, generator, rule))
  }, body)
}

function together(value: Json, generator: Json, rule: MatcherSet | null | undefined): Json {
  const { type, ...details } = isRecord(generator) ? generator : {}
  const { match = 'type', ...how } = rule?.matchers[0] ?? {}
  return {
    value,
    'pact:matcher:type': match,
    ...how,
    'pact:generator:type': type,
    ...details,
  } as { [key: string]: Json }
}

function replaced(value: Json, [step, ...rest]: readonly PathStep[], by: (value: Json) => Json): Json {
  if (step === undefined) return by(value)
  if (typeof step === 'string' || typeof value !== 'object' || value === null) return value
  if ('index' in step && Array.isArray(value))
    return value.map((part: Json, index) => (index === step.index ? replaced(part, rest, by) : part))
  if ('index' in step || Array.isArray(value)) return value
  const record = value as { readonly [key: string]: Json }
  const part = record[step.field]
  return part === undefined ? value : { ...record, [step.field]: replaced(part, rest, by) }
}
