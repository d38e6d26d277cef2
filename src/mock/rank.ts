import type { Json } from '../contract/define.ts'
import type { PactBody } from '../pact/model.ts'
import type { Stub } from './stub.ts'

/**
 * Which of several interactions answers a request that all of them take: one of the chosen state, the one that says most of
 * the path, the one that demands most of the rest, the one that leaves least of it open; then the one that was read first.
 * Before all that one of a pact of others that answers for what is broken: its name may not tell whose half it is.
 */
export function first(stubs: readonly Stub[], state: string | null): Stub | undefined {
  const ranked = stubs.map((stub) => ({ stub, rank: rankOf(stub, state) }))
  return ranked.toSorted((a, b) => compare(b.rank, a.rank))[0]?.stub
}

function rankOf({ broken, stance, states, request }: Stub, state: string | null): number[] {
  const { query, headers, body, rules } = request
  return [
    Number(broken !== null && stance === null),
    Number(states.some(({ name }) => name === state)),
    fixedIn(request),
    Object.keys(query).length + Object.keys(headers).length + leaves(body),
    -[...rules.query, ...rules.headers, ...rules.body].length,
  ]
}

/** How much of the path is fixed: `/albums/{album}` says more than `/{service}/{page}`. */
function fixedIn({ path, rules }: Stub['request']): number {
  if (rules.path === null) return Infinity
  const patterns = rules.path.matchers.flatMap((matcher) => (matcher.match === 'regex' ? [matcher.regex] : []))
  if (patterns.length === 0) return rules.path.matchers.length === 0 ? path.length : 0
  return Math.max(...patterns.map((pattern) => pattern.replaceAll(notFixed, '').length))
}

/** Classes, repetitions and signs of a regular expression, roughly: nothing but an order is made by it. */
const notFixed = /\\[A-Za-z]|\\(?=.)|\[(?:\\.|[^\]\\])*\]|\{[\d,]*\}|\(\?[:=!<>]*|[.^$*+?()|]/g

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

/** How many values a body demands. */
function leaves(body: PactBody): number {
  if (body.kind === 'absent') return 0
  return body.kind === 'json' ? leavesOf(body.value) : 1
}

function leavesOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, part) => sum + leavesOf(part as Json), 1)
}
