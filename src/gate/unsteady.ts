import type { Report } from '../report/report.ts'
import { promisesOf } from './compare.ts'

/** Promises that were not the same every time: `'scenario: phase: text'`, and what they were, run by run. */
export function unsteadyOf(reports: readonly Report[]): { promise: string; statuses: string[] }[] {
  const runs = reports.map(promisesOf)
  const names = new Set(runs.flatMap((promises) => [...promises.keys()]))
  return [...names]
    .map((promise) => ({ promise, statuses: runs.map((promises) => promises.get(promise) ?? 'not played') }))
    .filter(({ statuses }) => new Set(statuses).size > 1)
}
