import type { Json } from '../../contract/define.ts'
import type { MessageRules, PactHeaders, PactRequest, RequestRules, ResponseRules, Rule } from '../model.ts'
import { formatPath } from '../path.ts'
import { namedPath } from '../read/named-path.ts'
import { given } from './sorted.ts'
import { writeMatcherSet, writeRules } from './write-matcher.ts'

/** The rules of a request by category; `undefined` when there are none. The same for the two below. */
export function writeRequestRules(
  { path, query, headers, body }: RequestRules,
  example: Pick<PactRequest, 'query' | 'headers'>,
): Json | undefined {
  return categories({
    path: path ? writeMatcherSet(path) : undefined,
    query: named(query, example.query),
    header: named(headers, example.headers),
    body: byPath(body),
  })
}

/** The rule for the status stands in the direct form, which all readers know. */
export function writeResponseRules({ status, headers, body }: ResponseRules, example: PactHeaders): Json | undefined {
  return categories({
    status: status ? writeMatcherSet(status) : undefined,
    header: named(headers, example),
    body: byPath(body),
  })
}

export function writeMessageRules({ metadata, contents }: MessageRules): Json | undefined {
  return categories({ metadata: byPath(metadata), body: byPath(contents) })
}

function categories(all: Readonly<Record<string, Json | undefined>>): Json | undefined {
  const some = given(all)
  return Object.keys(some).length === 0 ? undefined : some
}

function byPath(rules: readonly Rule[]): Json | undefined {
  return rules.length === 0 ? undefined : writeRules(rules)
}

/** Other readers know rules for headers and parameters by name only; a path expression is for what has no such name. */
function named(rules: readonly Rule[], example: Readonly<Record<string, unknown>>): Json | undefined {
  const names = new Set(Object.keys(example))
  const keyOf = ({ path }: Rule) => {
    const [step, ...rest] = path
    if (typeof step !== 'object' || !('field' in step) || rest.length > 0) return formatPath(path)
    return formatPath(namedPath(step.field, names)) === formatPath(path) ? step.field : formatPath(path)
  }
  return rules.length === 0 ? undefined : writeRules(rules, keyOf)
}
