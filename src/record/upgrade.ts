import type { FaultRecord, FeltCondition } from '../fault/record.ts'
import type { Fault, Surge } from '../fault/vocabulary.ts'
import type { RunRecord, ScenarioRecord } from './record.ts'

/** A record as any version of Brownout up to this one wrote it. */
export type StoredRun = RunRecord | RunRecordV1

/** Version 1 knew one look at each phase, no probe, no policy, and one condition and one instance a fault. */
type RunRecordV1 = Omit<RunRecord, 'version' | 'policy' | 'whole' | 'scenarios'> & {
  version: 1
  scenarios: (Omit<ScenarioRecord, 'looks' | 'probes' | 'faults'> & { faults: FaultRecordV1[] })[]
}
type FaultRecordV1 = Omit<FaultRecord, 'fault' | 'instances' | 'felt' | 'steps'> & {
  fault: Exclude<Fault, Surge>
  instance: string | null
  felt: Omit<FeltCondition, 'condition'>[]
}

/** The record in today's form. It is judged as it was then, and decided without a policy. */
export function upgradeRun(record: StoredRun): RunRecord {
  if (record.version === 2) return record
  return {
    ...record,
    version: 2,
    policy: {},
    // Nobody wrote it down.
    whole: false,
    scenarios: record.scenarios.map(({ faults, ...scenario }) => ({
      ...scenario,
      looks: {
        before: [scenario.planned.before],
        during: [scenario.planned.during],
        after: [scenario.planned.after],
      },
      probes: [],
      faults: faults.map(upgradeFault),
    })),
  }
}

function upgradeFault({ instance, felt, ...fault }: FaultRecordV1): FaultRecord {
  const { condition } = fault.fault
  return {
    ...fault,
    instances: instance === null ? [] : [instance],
    felt: felt.map((pair) => ({ ...pair, condition })),
    steps: [],
  }
}
