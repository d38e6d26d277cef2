import { parseConditionKey } from '../../contract/condition.ts'
import { canonicalJson } from '../../contract/fingerprint.ts'
import { interactionKey, type StanceTerms } from '../../contract/terms.ts'
import type { HttpInteraction, Pact, PactInteraction } from '../../pact/model.ts'
import type { InteractionVersion, Source, Version } from '../version.ts'
import { answerOf } from './answer.ts'
import { brownoutOf, type Words } from './brownout.ts'
import { messagesOf } from './messages.ts'
import { requestOf } from './request.ts'
import { statesOf } from './states.ts'

/** What a pact says, whoever wrote it; degraded halves are found by Brownout's own words in it. */
export function versionOfPact(pact: Pact, file: string): Version {
  const source: Source = { kind: 'pact', file }
  const http = pact.interactions.filter((one) => one.kind === 'http')
  const normal = http.filter((one) => stanceIn(one, http) === null)
  const nameOf = namesOf(normal)
  return {
    interactions: normal.map((one) => interactionOf(one, { pact, source, name: nameOf(one), all: http })),
    messages: messagesOf(pact, source, namesOf(pact.interactions.filter(({ kind }) => kind !== 'http'))),
  }
}

interface Around {
  pact: Pact
  source: Source
  name: string
  all: readonly HttpInteraction[]
}

function interactionOf(one: HttpInteraction, { pact, source, name, all }: Around): InteractionVersion {
  const { consumer, provider } = pact
  const words = brownoutOf(one)
  const halves = [answerOf(one.response)]
  const stances = all.flatMap((other): StanceTerms[] => {
    const stance = words?.interaction === undefined ? null : stanceIn(other, all)
    if (stance === null || stance.interaction !== words?.interaction) return []
    const { kind, condition: text, withinMs = null } = stance
    const bit = kind === 'unaffected' ? null : halves.push(answerOf(other.response)) - 1
    return [{ text, when: stance.when, kind, bit, withinMs: bit === null ? null : withinMs }]
  })
  const states = statesOf(one)
  const key = interactionKey(consumer, provider, name)
  const limits = { withinMs: words?.withinMs ?? null, recoversMs: words?.recoversMs ?? 0 }
  return {
    source,
    terms: { id: 0, key, consumer, provider, name, given: states || null, ...limits, halves: [], stances },
    states,
    request: { schema: requestOf(one.request), text: canonicalJson({ ...one.request, generators: null }) },
    halves,
    recoversMs: words === undefined ? null : limits.recoversMs,
  }
}

type Stance = Words & Required<Pick<Words, 'interaction' | 'condition'>> & Pick<StanceTerms, 'kind' | 'when'>

/** What an interaction says of a condition; `null` for one of its own, or whose normal half is not there. */
function stanceIn(one: HttpInteraction, all: readonly HttpInteraction[]): Stance | null {
  const words = brownoutOf(one)
  const { interaction, stance: kind, condition } = words ?? {}
  const when = condition === undefined ? undefined : parseConditionKey(condition)
  if (interaction === undefined || kind === undefined || condition === undefined || !when) return null
  const hasNormal = all.some((other) => isNormalOf(interaction, other))
  return hasNormal ? { ...words, interaction, condition, kind, when } : null
}

function isNormalOf(interaction: string, other: HttpInteraction): boolean {
  const words = brownoutOf(other)
  return words?.interaction === interaction && words.stance === undefined
}

/** Descriptions, with the provider state where they are not told apart without, and a number where even that is the same. */
function namesOf<One extends PactInteraction>(all: readonly One[]): (one: One) => string {
  const names = new Map<One, string>()
  for (const twins of Map.groupBy(all, ({ description }) => description).values())
    for (const same of Map.groupBy(twins, (one) => (twins.length < 2 ? '' : statesOf(one) || 'no provider state')))
      for (const [index, one] of same[1].entries()) {
        const state = same[0] === '' ? '' : ` (${same[0]})`
        names.set(one, `${one.description}${state}${index === 0 ? '' : ` #${index + 1}`}`)
      }
  return (one) => names.get(one) ?? one.description
}
