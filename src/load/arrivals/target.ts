import { prepareRequest } from '../../contract/fill.ts'
import type { WorkloadInteraction } from '../workload.ts'
import type { Outgoing } from './outgoing.ts'

/** An interaction ready to be sent: its request filled from each row. */
export interface Target {
  id: number
  weight: number
  origin: string
  rows: Outgoing[]
}

export function targetOf({ id, weight, base, request, rows }: WorkloadInteraction): Target {
  const { origin, pathname } = new URL(base)
  const prefix = pathname.replace(/\/$/, '')
  const fill = prepareRequest(request)
  return {
    id,
    weight,
    origin,
    rows: rows.map((row) => {
      const filled = fill(row)
      return {
        ...filled,
        path: prefix + filled.path,
        headers: { 'user-agent': 'brownout', ...filled.headers, 'accept-encoding': 'identity' },
      }
    }),
  }
}
