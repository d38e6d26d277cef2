import { canaryLimitMs, hasCanary } from '../fault/felt.ts'
import type { PlannedFault } from '../fault/plan.ts'
import { windowOf } from '../fault/timing.ts'
import type { PlannedInstance } from '../system/resolve.ts'
import type { PlannedScenario } from './plan-scenario.ts'

/** How long a restarted instance may take to end after SIGTERM before it is killed, ms. */
export const endPatienceMs = 5_000

/** Reading samples at the looks, calls to the proxies, and a machine where everything is late. */
const spareSettleMs = 5_000
const spareLeaseMs = 15_000

/** What coming and going of the faults may take beyond the phases, ms. */
export function settleMs(faults: readonly PlannedFault[], instances: readonly PlannedInstance[]): number {
  const canaries = faults.map(({ fault }) => (hasCanary(fault) ? 3 * canaryLimitMs(fault) : 0))
  const returns = faults.map((planned) => returnsIn(planned, instances))
  return spareSettleMs + Math.max(0, ...canaries) + Math.max(0, ...returns)
}

/** Until all instances that a fault ends are back; those of a restart come one after the other. */
function returnsIn(planned: PlannedFault, all: readonly PlannedInstance[]): number {
  const ready = all.filter(({ id }) => planned.instances.includes(id)).map(({ readyWithinMs }) => readyWithinMs)
  switch (planned.fault.kind) {
    case 'kill':
      return Math.max(0, ...ready)
    case 'restart':
      return ready.reduce((sum, each) => sum + endPatienceMs + each, 0)
    default:
      return 0
  }
}

/** How long a fault may at most be held before the watcher undoes it, ms. */
export function leaseMs({ looks, timeoutMs, settleMs: settle }: PlannedScenario, { fault }: PlannedFault): number {
  const { fromMs, untilMs } = windowOf(fault)
  return Math.min(untilMs, looks.during.at(-1) ?? 0) - fromMs + timeoutMs + settle + spareLeaseMs
}
