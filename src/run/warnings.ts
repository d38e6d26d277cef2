import type { InteractionTerms } from '../contract/terms.ts'
import { resolveStance } from '../contract/resolve.ts'
import { formatMs, ms } from '../core/duration.ts'
import type { PlannedFault } from '../fault/plan.ts'

/** What is allowed but probably not meant. */
export function planWarnings(
  faults: readonly PlannedFault[],
  played: readonly InteractionTerms[],
  timeoutMs: number,
): string[] {
  const warnings = new Set<string>()
  for (const { fault, felt, text } of faults) {
    for (const interaction of played) {
      for (const { consumer, dependency } of felt) {
        const stance = resolveStance(interaction, { consumer, dependency, condition: fault.condition })
        if (stance === null) {
          warnings.add(
            `"${interaction.key}" takes no stance on "${dependency}: ${fault.condition}": its normal half is demanded`,
          )
        } else if (fault.kind === 'latency' && stance.withinMs !== null && ms(fault.delay) >= stance.withinMs) {
          warnings.add(
            `${text} is not shorter than the ${formatMs(stance.withinMs)} that "${interaction.key}" allows: if it waits, it feels as unavailable`,
          )
        }
      }
    }
    if (fault.kind === 'latency' && ms(fault.delay) >= timeoutMs) {
      warnings.add(`${text} is not shorter than the request time-out of ${formatMs(timeoutMs)}`)
    }
  }
  return [...warnings]
}
