import { expect } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import type { Defect } from './defects.ts'

/** The report of a gate on a defect: its scenario was played, the named promise was broken, and the fault was felt where it shows. */
export function expectCaught([variant, scenario, edge, promise]: Defect, report: Report, output: string): void {
  const found = report.scenarios[0]
  expect(found?.name).toBe(scenario)
  const broken = found?.promises.filter(({ status }) => status === 'broken') ?? []
  expect(broken.map(({ phase, text }) => `${phase}: ${text}`).join('\n'), output).toMatch(
    new RegExp(promise.source, 'm'),
  )
  expect(found?.replay).toContain(`--variant ${variant}`)
  expect(found?.witnesses.every(({ canary }) => canary.seen)).toBe(true)
  expect(`${found?.faults.join()} ${found?.witnesses.map(({ canary }) => canary.text).join()}`).toContain(edge)
}
