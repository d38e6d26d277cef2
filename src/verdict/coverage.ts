import { conditions } from '../contract/condition.ts'
import { type Felt, resolveStance } from '../contract/resolve.ts'
import type { Terms } from '../contract/terms.ts'
import { type Edge, edgeName } from '../system/topology.ts'
import type { Proof } from './proofs.ts'
import type { Coverage, CoverageCell } from './verdict.ts'

/** Edges between services, however many instances there are. */
type Pair = Pick<Edge, 'consumer' | 'provider'>

/**
 * Each promise one could make, and what became of it in a run: every interaction × every edge behind its provider × every
 * condition. `proofs` by the name of the scenario that brought them.
 */
export function coverageOf(
  terms: Terms,
  edges: readonly Pair[],
  proofs: readonly { scenario: string; proofs: readonly Proof[] }[],
): Coverage {
  const proven = new Map<string, string[]>()
  for (const { scenario, proofs: own } of proofs)
    for (const cell of new Set(own.map(({ interaction, felt }) => cellName(interaction, felt))))
      proven.set(cell, [...(proven.get(cell) ?? []), scenario])

  const cells = terms.interactions.flatMap((interaction) =>
    edgesBehind(interaction.provider, edges).flatMap(({ consumer, provider }) =>
      conditions.map((condition): CoverageCell => {
        const felt = { consumer, dependency: provider, condition }
        return {
          interaction: interaction.key,
          edge: edgeName(consumer, provider),
          condition,
          stance: resolveStance(interaction, felt)?.kind ?? null,
          provenBy: proven.get(cellName(interaction.key, felt)) ?? [],
        }
      }),
    ),
  )
  const count = (isOne: (cell: CoverageCell) => boolean) => cells.filter(isOne).length
  return {
    proven: count(({ provenBy }) => provenBy.length > 0),
    declared: count(({ stance, provenBy }) => stance !== null && provenBy.length === 0),
    undeclared: count(({ stance }) => stance === null),
    cells,
  }
}

function cellName(interaction: string, { consumer, dependency, condition }: Felt): string {
  return `${interaction}\n${edgeName(consumer, dependency)}: ${condition}`
}

/** Every edge that a request to the service may lead over, each once; nearest first. */
export function edgesBehind(service: string, edges: readonly Pair[]): Pair[] {
  const reached = new Set([service])
  const found = new Map<string, Pair>()
  // A set is gone through in the order in which it grows.
  for (const consumer of reached) {
    for (const { provider } of edges.filter((edge) => edge.consumer === consumer)) {
      reached.add(provider)
      found.set(edgeName(consumer, provider), { consumer, provider })
    }
  }
  return [...found.values()]
}
