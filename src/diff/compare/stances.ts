import { canonicalJson } from '../../contract/fingerprint.ts'
import { type Condition, conditions } from '../../contract/condition.ts'
import { type Felt, resolveStance } from '../../contract/resolve.ts'
import type { StanceTerms } from '../../contract/terms.ts'
import type { InteractionVersion } from '../version.ts'

/** What both versions say of some conditions, each of which fares alike. `null`: undeclared. */
export interface StancePair {
  /** `comments: slow, unavailable; auth → redis: *` */
  condition: string
  older: StanceTerms | null
  newer: StanceTerms | null
}

/** Stands for every consumer and every dependency that no line names. */
const other = 'any other'

/** All conditions that a line of either version speaks of, by what they come to in both. */
export function stancePairs(older: InteractionVersion, newer: InteractionVersion): StancePair[] {
  const groups = new Map<string, { pair: Omit<StancePair, 'condition'>; felt: Felt[] }>()
  for (const felt of everyFelt([...older.terms.stances, ...newer.terms.stances])) {
    const pair = { older: resolveStance(older.terms, felt), newer: resolveStance(newer.terms, felt) }
    const key = canonicalJson([textOf(pair.older, older), textOf(pair.newer, newer)])
    const group = groups.get(key)
    if (group) group.felt.push(felt)
    else groups.set(key, { pair, felt: [felt] })
  }
  return [...groups.values()].map(({ pair, felt }) => ({ condition: describe(felt), ...pair }))
}

/** What an answer under a stance must be: lines that say the same are one. */
function textOf(stance: StanceTerms | null, { halves }: InteractionVersion): unknown {
  if (stance === null) return null
  return [stance.kind, stance.withinMs, stance.bit === null ? null : halves[stance.bit]?.text]
}

function everyFelt(stances: readonly StanceTerms[]): Felt[] {
  const edges = new Map<string, Felt[]>()
  for (const { when } of stances) {
    const { consumer = other, dependency } = when === 'otherwise' ? { dependency: other } : when
    edges.set(
      `${consumer} → ${dependency}`,
      conditions.map((condition) => ({ consumer, dependency, condition })),
    )
  }
  return [...edges.values()].flat()
}

function describe(felt: readonly Felt[]): string {
  const byEdge = Map.groupBy(felt, ({ consumer, dependency }) => edgeOf(consumer, dependency))
  return [...byEdge]
    .map(([edge, ones]) =>
      describeEdge(
        edge,
        ones.map(({ condition }) => condition),
      ),
    )
    .join('; ')
}

function edgeOf(consumer: string, dependency: string): string {
  if (dependency === other) return 'otherwise'
  return consumer === other ? dependency : `${consumer} → ${dependency}`
}

function describeEdge(edge: string, felt: readonly Condition[]): string {
  if (edge === 'otherwise') return edge
  return `${edge}: ${felt.length === conditions.length ? '*' : felt.join(', ')}`
}
