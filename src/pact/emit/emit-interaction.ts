import type { InteractionDefinition, Json, Row } from '../../contract/define.ts'
import { placeholders } from '../../contract/fill.ts'
import { type Halves, withinMs } from '../../contract/halves.ts'
import { ms } from '../../core/duration.ts'
import type { Problem } from '../../core/errors.ts'
import type { HttpInteraction, PactResponse, ProviderState } from '../model.ts'
import { Gaps, type GapSettings } from './gaps.ts'
import { sayRequest, type Values } from './request.ts'
import { sayResponse } from './response.ts'
import { conditionsOf, type Stanced, stateOf } from './stances.ts'

export interface EmittedInteraction {
  interactions: HttpInteraction[]
  problems: Problem[]
}

export interface InteractionToEmit {
  settings: GapSettings
  name: string
  interaction: InteractionDefinition
  halves: Halves
  /** What `otherwise` speaks of. */
  dependencies: readonly string[]
}

/** One interaction of a pact for the normal half, and one for each condition that a stance answers. */
export function emitInteraction(one: InteractionToEmit): EmittedInteraction {
  const { name, interaction, halves, dependencies } = one
  const { given, parameters = {} } = interaction
  const values = valuesOf(interaction)
  const request = sayRequest(interaction.request, values)
  const said = halves.demands.map((_, bit) => sayHalf(one, bit))
  const before: ProviderState[] = given === undefined ? [] : [{ name: given, params: parameters }]
  const recovers = interaction.recovers === undefined ? {} : { recoversMs: ms(interaction.recovers) }

  const normal = said[0] as SaidHalf
  const deadline = withinMs(interaction.response)
  const common = { kind: 'http' as const, pending: false, request }
  const interactions: HttpInteraction[] = [
    {
      ...common,
      description: name,
      states: before,
      comments: { brownout: { interaction: name, ...within(deadline), ...recovers, ...omits(normal) } },
      response: normal.response,
    },
  ]
  for (const stanced of conditionsOf(halves.stances, dependencies)) {
    const { kind, bit, withinMs: ofStance } = stanced.stance
    const half = said[bit ?? 0] ?? normal
    const state = stateOf(stanced)
    const terms = { interaction: name, stance: kind, condition: conditionText(stanced) }
    interactions.push({
      ...common,
      description: `${name} (${state.name})`,
      states: [...before, state],
      comments: { brownout: { ...terms, ...within(bit === null ? deadline : ofStance), ...recovers, ...omits(half) } },
      response: half.response,
    })
  }
  return { interactions, problems: said.flatMap(({ problems }) => problems) }
}

interface SaidHalf {
  response: PactResponse
  problems: Problem[]
  omitted: string[]
}

function sayHalf({ settings, name, halves }: InteractionToEmit, bit: number): SaidHalf {
  const line = halves.stances.find((stance) => stance.bit === bit)?.text
  const place = line === undefined ? ['response'] : line === 'otherwise' ? [line] : ['degraded', line]
  const gaps = new Gaps(settings, [...(line === 'otherwise' ? [] : ['interactions', name]), ...place])
  const response = sayResponse(halves.demands[bit] as Halves['demands'][number], gaps)
  return { response, problems: gaps.problems, omitted: gaps.omitted }
}

/** A row outranks a provider state, which outranks an example. What the state alone yields is shown by its name. */
function valuesOf({ request, given, parameters = {}, rows = [] }: InteractionDefinition): Values {
  const names = placeholders(request)
  const row: Row = { ...Object.fromEntries(names.map((name) => [name, name])), ...parameters, ...rows[0] }
  const fromState = given === undefined ? [] : names.filter((name) => !Object.hasOwn(rows[0] ?? {}, name))
  return { row, fromState: new Set(fromState) }
}

function conditionText({ consumer, dependency, condition }: Stanced): string {
  return `${consumer === undefined ? '' : `${consumer} → `}${dependency}: ${condition}`
}

function within(deadline: number | null): { withinMs?: number } {
  return deadline === null ? {} : { withinMs: deadline }
}

function omits({ omitted }: SaidHalf): { omits?: Json } {
  return omitted.length === 0 ? {} : { omits: omitted }
}
