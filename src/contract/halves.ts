import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ms } from '../core/duration.ts'
import { type ConditionKey, parseConditionKey } from './condition.ts'
import type { InteractionDefinition } from './define.ts'
import type { Half, HeaderDemand, RefusedHalf, Stance } from './stance.ts'
import type { StanceTerms } from './terms.ts'

/** `keeps` is a set of 32 bits: the normal half, 30 degraded ones, and none for the sign. */
export const maxDegradedHalves = 30

/** A half with its defaults filled in. Its `within` is left to the verdict: it is no property of the answer alone. */
export interface Demands {
  /** Ascending. */
  status: readonly number[]
  /** Names in lower case, ascending. */
  headers: readonly (readonly [name: string, demand: HeaderDemand])[]
  retryAfter: boolean
  problem: boolean
  body: StandardSchemaV1 | null
}

/** What the bits of an interaction's `keeps` demand, what they are called, and which stance each belongs to. */
export interface Halves {
  demands: Demands[]
  texts: string[]
  stances: StanceTerms[]
}

/**
 * Gives each distinct half its bit: 0 the normal one, then the degraded ones in the order of their sorted lines,
 * `otherwise` last. Schemas are the same only if they are the same object: two that look alike may refine differently.
 */
export function halvesOf(interaction: InteractionDefinition, otherwise?: Stance): Halves {
  const demands = [demandsOf(interaction.response, [200])]
  const normalStatus = demands[0]?.status ?? []
  const uses: { kinds: Set<string>; lines: string[] }[] = [{ kinds: new Set(['normal']), lines: [] }]
  const stances = linesOf(interaction, otherwise).map(({ text, when, stance }): StanceTerms => {
    if (stance.kind === 'unaffected') return { text, when, kind: stance.kind, bit: null, withinMs: null }
    const wanted = demandsOf(stance.half, stance.kind === 'reduced' ? normalStatus : [503])
    const found = demands.findIndex((other, bit) => bit > 0 && sameDemands(other, wanted))
    const bit = found === -1 ? demands.push(wanted) - 1 : found
    const use = (uses[bit] ??= { kinds: new Set(), lines: [] })
    use.kinds.add(stance.kind)
    use.lines.push(text)
    return { text, when, kind: stance.kind, bit, withinMs: withinMs(stance.half) }
  })
  const texts = demands.map((wanted, bit) => {
    const { kinds, lines } = uses[bit] ?? { kinds: [], lines: [] }
    return `${[...kinds].join(' or ')}${lines.length > 0 ? ` (${lines.join(', ')})` : ''}: ${describe(wanted)}`
  })
  return { demands, texts, stances }
}

/** The deadline of a half, or `null` when it has none. */
export function withinMs(half: Half): number | null {
  return half.within === undefined ? null : ms(half.within)
}

/** Fills in what a half leaves out; `status` is the status it then has. */
export function demandsOf(half: RefusedHalf, status: readonly number[]): Demands {
  return {
    status: [...new Set([half.status ?? status].flat())].toSorted((a, b) => a - b),
    headers: Object.entries(half.headers ?? {})
      .map(([name, demand]) => [name.toLowerCase(), demand] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    retryAfter: half.retryAfter ?? false,
    problem: half.problem ?? false,
    body: half.body ?? null,
  }
}

export function sameHeaderDemand(a: HeaderDemand, b: HeaderDemand): boolean {
  return a === b || (a instanceof RegExp && b instanceof RegExp && String(a) === String(b))
}

function linesOf(interaction: InteractionDefinition, otherwise: Stance | undefined) {
  const lines: { text: string; when: ConditionKey | 'otherwise'; stance: Stance }[] = []
  for (const [text, stance] of Object.entries(interaction.degraded ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const when = parseConditionKey(text)
    if (!when) throw new RangeError(`"${text}" names no dependency and condition`)
    if (stance) lines.push({ text, when, stance })
  }
  if (otherwise) lines.push({ text: 'otherwise', when: 'otherwise', stance: otherwise })
  return lines
}

function sameDemands(a: Demands, b: Demands): boolean {
  return (
    a.body === b.body &&
    a.retryAfter === b.retryAfter &&
    a.problem === b.problem &&
    a.status.join() === b.status.join() &&
    a.headers.length === b.headers.length &&
    a.headers.every(([name, demand], index) => {
      const other = b.headers[index]
      return other !== undefined && name === other[0] && sameHeaderDemand(demand, other[1])
    })
  )
}

function describe(demands: Demands): string {
  const parts = [`status ${demands.status.join(' or ')}`]
  if (demands.retryAfter) parts.push('Retry-After')
  if (demands.problem) parts.push('problem+json')
  parts.push(...demands.headers.map(([name]) => `header ${name}`))
  if (demands.body) parts.push('body')
  return parts.join(', ')
}
