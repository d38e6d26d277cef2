import type { Json } from '../contract/define.ts'
import { isRecord } from '../contract/place.ts'
import type { HttpInteraction, Pact, PactRequest, PactResponse, ProviderState } from '../pact/model.ts'
import { type Broken, parseBroken } from './condition.ts'

/** What stands for one interaction of a pact: to this request, this answer. */
export interface Stub {
  /** The file it was read from. */
  readonly file: string
  /** `storefront → comments` */
  readonly pair: string
  /** The interaction's name, which its halves share. */
  readonly interaction: string
  /** The name of the half: `read an article`, or `read an article (comments is unavailable)`. */
  readonly half: string
  /** Provider states but for the one that breaks something. */
  readonly states: readonly ProviderState[]
  /** What is broken when it answers; `null`: nothing. */
  readonly broken: Broken | null
  /** `null` where nobody says, as in pacts of others. */
  readonly stance: 'unaffected' | 'reduced' | 'refused' | null
  readonly request: PactRequest
  readonly response: PactResponse
}

/** A pact and the file that it was read from, or its contract. */
export interface PactFile {
  readonly file: string
  readonly pact: Pact
}

/** The stubs of a pact, in its order. Messages are no answers to requests, and have none. */
export function stubsOf({ file, pact }: PactFile): Stub[] {
  const pair = `${pact.consumer} → ${pact.provider}`
  return pact.interactions
    .filter((interaction) => interaction.kind === 'http')
    .map((interaction) => ({ file, pair, ...conditionOf(interaction), ...sides(interaction) }))
}

function sides({ description, request, response }: HttpInteraction) {
  return { half: description, request, response }
}

/** Under which condition an interaction answers: as Brownout's comments say, else as its last provider state does. */
function conditionOf({ description, states, comments }: HttpInteraction) {
  const said = isRecord(comments['brownout']) ? comments['brownout'] : {}
  const last = states.at(-1)
  const broken = parseBroken(textOf(said['condition'])) ?? (last && brokenIn(last.params)) ?? null
  const isLastOfIt = broken !== null && last !== undefined && brokenIn(last.params) !== undefined
  return {
    interaction: textOf(said['interaction']) || nameIn(description, isLastOfIt ? last.name : ''),
    states: isLastOfIt ? states.slice(0, -1) : states,
    broken,
    stance: stances.find((stance) => stance === said['stance']) ?? null,
  }
}

const stances = ['unaffected', 'reduced', 'refused'] as const

function brokenIn({ dependency, condition, consumer }: Readonly<Record<string, Json>>): Broken | undefined {
  if (typeof dependency !== 'string' || typeof condition !== 'string') return undefined
  return parseBroken(`${typeof consumer === 'string' ? `${consumer} → ` : ''}${dependency}: ${condition}`)
}

/** `read an article (comments is unavailable)` → `read an article` */
function nameIn(description: string, state: string): string {
  const ending = ` (${state})`
  return description.endsWith(ending) ? description.slice(0, -ending.length) : description
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
