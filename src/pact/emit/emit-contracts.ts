import type { ContractFile } from '../../contract/compile.ts'
import { halvesOf } from '../../contract/halves.ts'
import type { Problem } from '../../core/errors.ts'
import type { Pact, PactInteraction } from '../model.ts'
import { emitInteraction } from './emit-interaction.ts'
import { emitMessages } from './emit-messages.ts'
import { dependenciesOf } from './stances.ts'

export interface Emitted {
  pact: Pact
  /** What no pact can say; the pact is not to be written when there are any. */
  problems: Problem[]
}

export interface EmitOptions {
  /** Examples are to be whole, and what no pact can say does not matter: they are for a stub server. */
  whole?: boolean
}

/** The pacts of valid contracts, one for each pair of services, in the order of their names. */
export function emitPacts(contracts: readonly ContractFile[], options: EmitOptions = {}): Emitted[] {
  const pairs = Map.groupBy(contracts, ({ contract: { consumer, provider } }) => `${consumer} → ${provider}`)
  return [...pairs.values()]
    .map((files): Emitted => {
      const parts = files.map((file) => emitContract(file, options))
      const { consumer, provider } = (files[0] as ContractFile).contract
      const interactions = parts.flatMap((part) => part.interactions)
      return { pact: { consumer, provider, interactions }, problems: parts.flatMap((part) => part.problems) }
    })
    .toSorted((a, b) => (nameOf(a.pact) < nameOf(b.pact) ? -1 : 1))
}

/** The name of a pact's file: `browser-storefront.json`. */
export function nameOf({ consumer, provider }: Pact): string {
  return `${consumer}-${provider}.json`
}

function emitContract(
  { file, contract }: ContractFile,
  { whole = false }: EmitOptions,
): { interactions: PactInteraction[]; problems: Problem[] } {
  const settings = { file, mayOmit: contract.pact?.mayOmit ?? [], whole }
  const all = Object.entries(contract.interactions).map(([name, interaction]) => ({
    name,
    interaction,
    halves: halvesOf(interaction, contract.otherwise),
  }))
  const dependencies = dependenciesOf(all.map(({ halves }) => halves.stances))
  const parts = [
    ...all.map((one) => emitInteraction({ ...one, settings, dependencies })),
    emitMessages({ settings, messages: contract.messages ?? {} }),
  ]
  return {
    interactions: parts.flatMap(({ interactions }): PactInteraction[] => interactions),
    problems: parts.flatMap(({ problems }) => problems),
  }
}
