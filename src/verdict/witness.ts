import { hasCanary } from '../fault/felt.ts'
import type { FaultRecord } from '../fault/record.ts'
import { judgeCanary } from './canary.ts'
import type { Scene } from './promises/scene.ts'
import { judgeFlapping, judgeRestart } from './steps.ts'
import { witnessSurge } from './surge.ts'
import { crossedBefore, touched } from './touched.ts'
import type { Witness } from './verdict.ts'

/** A fault nobody felt proves nothing: what shows that this one was felt. */
export function witnessOf(record: FaultRecord, scene: Scene): Witness {
  const { text, inForce, undoAsked } = record
  return {
    fault: record.id,
    text,
    inForceMs: inForce === null || undoAsked === null ? null : undoAsked - inForce,
    ...partsOf(record, scene),
  }
}

function partsOf(record: FaultRecord, scene: Scene): Pick<Witness, 'crossedBefore' | 'canary' | 'touched'> {
  const { fault } = record
  if (fault.kind === 'surge') return witnessSurge(record, fault, scene)
  const workload = { crossedBefore: crossedBefore(record, scene), touched: touched(record, scene) }
  if (hasCanary(fault)) return { ...workload, canary: judgeCanary(record, fault) }
  return { ...workload, canary: fault.kind === 'flapping' ? judgeFlapping(record, fault) : judgeRestart(record) }
}

export function isComplete({ inForceMs, crossedBefore: before, canary, touched: touch }: Witness): boolean {
  return inForceMs !== null && before.seen && canary.seen && touch.seen
}

/** The parts of a witness that are missing, in words. */
export function missingParts(witness: Witness): string[] {
  if (witness.inForceMs === null) return ['it was not seen to come and go']
  const { crossedBefore: before, canary, touched: touch } = witness
  return [
    ...(before.seen ? [] : [before.text]),
    ...(canary.seen ? [] : [canary.text]),
    ...(touch.seen ? [] : [touch.text]),
  ]
}
