import { BrownoutError, exitCodes } from '../../core/errors.ts'
import { feels, hasCanary, usualOf } from '../../fault/felt.ts'
import { blankFault, HeldFault } from '../../fault/hold.ts'
import { planFaults } from '../../fault/plan.ts'
import type { FaultTools } from '../../fault/fault-tools.ts'
import { isInjected } from '../../fault/grips/grip-of.ts'
import type { FaultRecord } from '../../fault/record.ts'
import type { Random } from '../../core/random.ts'
import type { Topology } from '../../system/resolve.ts'
import { type AskedCondition, faultFor } from './causing.ts'

/** Whoever asks for a state and then dies leaves it to the lease. */
const leaseMs = 300_000

export interface HeldCondition {
  asked: AskedCondition
  fault: HeldFault
}

export interface ConditionTools {
  topology: Topology
  faults: FaultTools
  random: Random
  /** The longest time in which contracts want an answer of a service; 0 when none says. */
  wantedMs(provider: string): number
  /** Told when a fault could not be undone. */
  onStuck(fault: FaultRecord): void
}

/**
 * Puts the fault in force that causes a condition, and sees that it is felt. Rejects when none can, when the system has no
 * such edge, and when it is not felt; then nothing is in force.
 */
export async function putInForce(asked: AskedCondition, id: string, tools: ConditionTools): Promise<HeldCondition> {
  const what = `${asked.dependency} is ${asked.condition}`
  const fault = faultFor(asked, tools.wantedMs(asked.dependency))
  if (!fault) throw refuse(what, `no fault can cause "${asked.condition}" yet`)
  const [planned] = planFaults([fault], id, tools.topology, tools.random)
  if (!planned || !isInjected(planned)) throw refuse(what, `the system has no edge into "${asked.dependency}"`)
  const held = new HeldFault(planned, blankFault(planned), tools.faults)
  try {
    await held.sendCanaries('before')
    await held.inject(leaseMs)
    await held.sendCanaries('during')
    if (!isFelt(held.record)) throw refuse(what, `${planned.text} is in force, and not felt`)
  } catch (error) {
    await letGo(held, tools)
    throw error
  }
  return { asked, fault: held }
}

/** Undoes a fault; one that stays is told. */
export async function letGo(fault: HeldFault, { onStuck }: Pick<ConditionTools, 'onStuck'>): Promise<void> {
  await fault.letGo()
  if (fault.isHeld) onStuck(fault.record)
}

function isFelt({ fault, canary, edges }: FaultRecord): boolean {
  if (!hasCanary(fault)) return true
  return edges.every((edge) => {
    const ofEdge = canary.filter((reading) => reading.edge === edge)
    const usual = usualOf(ofEdge.filter(({ when }) => when === 'before'))
    return ofEdge.some((reading) => reading.when === 'during' && feels(fault, reading, usual))
  })
}

export function refuse(what: string, why: string): BrownoutError {
  return new BrownoutError('STATE_FAILED', `Failed to set up "${what}": ${why}${/[.?]$/.test(why) ? '' : '.'}`, {
    exitCode: exitCodes.inconclusive,
  })
}
