import { expect } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { brownout, reportOf } from '../cli/brownout.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** The sets of engines that must agree, and what each plays with: a part of that name must be in the report. */
const parts = {
  embedded: { proxies: 'embedded Toxiproxy', load: 'embedded generator' },
  local: { proxies: 'Toxiproxy', load: 'k6' },
} as const

export type Engines = keyof typeof parts
export const sets = Object.keys(parts) as Engines[]

const judged = [0, 1, 3]
const inconclusive = 3

export interface Gate {
  code: number | null
  report: Report
  /** What it printed. */
  output: string
}

/** A gate on the photo shop, in a home of its own. Fails unless it came to a report, by the parts it was asked for. */
async function gate(engines: Engines, ...args: string[]): Promise<Gate> {
  await using home = await temporaryFolder()
  const running = brownout(['gate', '--engines', engines, '--home', home.path, '--seed', '11', ...args])
  const { code } = await running.exited
  const output = running.output()
  expect(judged, output).toContain(code)
  const report = reportOf(home.path)
  const nameOf = (wanted: string) => report.run.parts.find(({ role }) => role === wanted)?.name
  // Engines that quietly were the others would agree for ever.
  expect({ proxies: nameOf('proxies'), load: nameOf('load') }).toEqual(parts[engines])
  return { code, report, output }
}

/** A gate that says of itself that the machine was too busy to tell is asked once more; a finding never is. */
export async function conclusiveGate(engines: Engines, ...args: string[]): Promise<Gate> {
  const first = await gate(engines, ...args)
  if (first.code !== inconclusive) return first
  process.stdout.write(`This gate on ${engines} engines was inconclusive, and is asked once more:\n${first.output}\n`)
  return gate(engines, ...args)
}
