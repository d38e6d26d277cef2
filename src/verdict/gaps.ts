import { resolveStance } from '../contract/resolve.ts'
import type { Terms } from '../contract/terms.ts'
import type { ScenarioRecord } from '../record/record.ts'
import { edgeName } from '../system/topology.ts'
import { playedFaults } from './timeline.ts'
import type { Gap } from './verdict.ts'

/** Where nobody said what holds: interactions of the workload × conditions in force. The normal half was demanded there. */
export function gapsOf({ faults, interactions }: ScenarioRecord, terms: Terms): Gap[] {
  const gaps = new Map<string, Gap>()
  const played = new Set(interactions.map(({ id }) => id))
  for (const interaction of terms.interactions.filter(({ id }) => played.has(id))) {
    for (const felt of playedFaults(faults).flatMap((fault) => fault.felt)) {
      if (resolveStance(interaction, felt) !== null) continue
      const { consumer, dependency, condition } = felt
      const gap = { interaction: interaction.key, condition: `${edgeName(consumer, dependency)}: ${condition}` }
      gaps.set(`${gap.interaction}\n${gap.condition}`, gap)
    }
  }
  return [...gaps.values()]
}
