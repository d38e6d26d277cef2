import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ms } from '../core/duration.ts'
import { type Phase, phases } from '../scenario/define.ts'
import type { ScenarioPromise, WrittenPromise } from '../scenario/promise.ts'
import type { Topology } from '../system/resolve.ts'
import { formatAddress } from '../system/topology.ts'

/** A question that a promise has the runner ask in a phase; known by phase and label. */
export interface PlannedProbe {
  phase: Phase
  label: string
  kind: 'eventually' | 'never'
  url: string
  /** The status of an answer that counts; `null`: any 2xx. */
  status: number | null
  /** How long after the phase began it may come true, ms; `null`: to the end, and for what never may. */
  withinMs: number | null
}

/** A service is asked by its door, an instance itself. */
export function planProbes(
  promises: Record<Phase, readonly ScenarioPromise[]>,
  { instances }: Topology,
  doorOf: (service: string) => string,
): PlannedProbe[] {
  return phases.flatMap((phase) =>
    promises[phase].flatMap((promise) => {
      if (promise.kind !== 'eventually' && promise.kind !== 'never') return []
      const { kind, label, probe } = promise
      const isService = instances.some(({ service }) => service === probe.service)
      const instance = instances.find(({ id }) => id === probe.service)
      const base = instance && !isService ? `http://${formatAddress(instance)}` : doorOf(probe.service)
      const within = kind === 'eventually' ? promise.within : undefined
      return [
        {
          phase,
          label,
          kind,
          url: `${base}${probe.path}`,
          status: probe.status ?? null,
          withinMs: within === undefined ? null : ms(within),
        },
      ]
    }),
  )
}

/** The schema that a promise with this label was written with. */
export function schemaIn(promises: readonly WrittenPromise[] = [], label: string): StandardSchemaV1 {
  const found = promises.find((promise) => 'holds' in promise && promise.label === label)
  if (!found || !('holds' in found)) throw new RangeError(`no promise is labelled "${label}"`)
  return found.holds
}
