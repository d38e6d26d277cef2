import type { Json } from '../../contract/define.ts'
import { isRecord } from '../../contract/place.ts'
import type { Demands } from '../../contract/halves.ts'
import type { HeaderDemand } from '../../contract/stance.ts'
import type { MatcherSet, PactBody, PactResponse, Rule } from '../model.ts'
import { formatPath } from '../path.ts'
import type { Gaps } from './gaps.ts'
import { sayHeader } from './header.ts'
import { inOrder } from './in-order.ts'
import { saySchema } from './schema/say.ts'
import { leaf, unsaid } from './schema/saying.ts'

const problemType: HeaderDemand = /^application\/problem\+json($|\s*;)/i
const jsonType: HeaderDemand = /^application\/json($|\s*;)/i
/** Seconds, or a date as RFC 9110 has it. */
const retryAfter: HeaderDemand =
  /^(?:[0-9]+|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT)$/

/** A half as a pact's response. */
export function sayResponse(demands: Demands, gaps: Gaps): PactResponse {
  const headers: Record<string, readonly string[]> = {}
  const rules: Rule[] = []
  for (const [name, demand] of headerDemands(demands)) {
    const { example, matchers } = sayHeader(demand, gaps.at('headers', name)) ?? {}
    if (example === undefined) continue
    headers[name] = [example]
    if (matchers) rules.push({ path: [{ field: name }], ...matchers })
  }
  const [status = 200] = demands.status
  const { body, rules: bodyRules } = sayBody(demands, headers['content-type']?.[0], gaps.at('body'))
  return {
    status,
    headers,
    body,
    rules: { status: statusRule(demands.status), headers: inOrder(rules), body: inOrder(bodyRules) },
    generators: {},
  }
}

function headerDemands({ headers, problem, retryAfter: mustRetry, body }: Demands): [string, HeaderDemand][] {
  const all = new Map(headers)
  if (problem && !all.has('content-type')) all.set('content-type', problemType)
  // Stock tools hold the type against that of the example in any case, and write the header by themselves.
  if (body && !all.has('content-type')) all.set('content-type', jsonType)
  if (mustRetry && !all.has('retry-after')) all.set('retry-after', retryAfter)
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function statusRule(status: readonly number[]): MatcherSet | null {
  return status.length > 1 ? { combine: 'AND', matchers: [{ match: 'statusCode', status }] } : null
}

function sayBody(
  { body, problem, status }: Demands,
  header: string | undefined,
  gaps: Gaps,
): { body: PactBody; rules: readonly Rule[] } {
  const json = (value: Json): PactBody => ({ kind: 'json', value, contentType: header ?? 'application/json' })
  const { shown, rules } = (body ? saySchema(body, gaps) : problem ? leaf({}) : undefined) ?? unsaid(null)
  if (shown === undefined) return { body: { kind: 'absent' }, rules: [] }
  if (!problem || !isRecord(shown)) return { body: json(shown), rules }
  const [only, ...others] = status
  if ('status' in shown && only !== undefined && others.length === 0)
    return { body: json({ ...(shown as Record<string, Json>), status: only }), rules: withStatus(rules) }
  gaps.report('optional fields', [{ field: 'status' }], 'is the HTTP status, if it is there')
  return { body: json(shown), rules }
}

/** Problem details repeat the HTTP status, whatever else their schema allows there. */
function withStatus(rules: readonly Rule[]): Rule[] {
  const status = formatPath([{ field: 'status' }])
  return rules.map((rule) =>
    formatPath(rule.path) === status ? { ...rule, combine: 'AND', matchers: [{ match: 'equality' }] } : rule,
  )
}
