import { expect, test } from 'vitest'
import { expectCaught } from '../defects/caught.ts'
import { playedOnBoth } from '../defects/defects.ts'
import { countPromises, differences, isDoubt } from './compare.ts'
import { conclusiveGate, type Engines, type Gate, sets } from './gates.ts'

const found = 1

/**
 * This is the gate of the whole repository: every scenario of the photo shop, on both sets of engines. One after the other: two at
 * once take 1.4 of two cores, and then the machine is measured (docs/discoveries/engines.md).
 */
const gates: Partial<Record<Engines, Gate>> = {}

test.for(sets)('the photo shop keeps every promise on %s engines', { timeout: 1_200_000 }, async (engines) => {
  const { code, output } = (gates[engines] = await conclusiveGate(engines))
  expect(code, output).toBe(0)
})

test('both sets of engines give the same word to every scenario and every promise', () => {
  const [embedded, local] = sets.map((engines) => gates[engines])
  if (!embedded || !local) throw new Error('A gate left no report to compare.')
  expect(differences(embedded.report, local.report)).toEqual([])
  const { length } = embedded.report.scenarios
  process.stdout.write(`${length} scenarios, ${countPromises(embedded.report)} promises: the same word for each\n`)
})

// Two at once: what is broken is broken on a busy machine too.
test.concurrent.for(playedOnBoth)(
  '%s is caught by %s on both sets of engines, which give the same words',
  { timeout: 300_000 },
  async (defect) => {
    const [variant, scenario] = defect
    const compare = async () => {
      const reports = []
      for (const engines of sets) {
        const { code, report, output } = await conclusiveGate(engines, '--only', scenario, '--variant', variant)
        expect(code, output).toBe(found)
        expectCaught(defect, report, output)
        reports.push(report)
      }
      const [embedded, local] = reports
      return embedded && local ? differences(embedded, local) : []
    }
    const first = await compare()
    // Where one side could not tell, both are asked once more; where they contradict each other, never.
    const different = first.length > 0 && first.every(isDoubt) ? await compare() : first
    expect(different).toEqual([])
  },
)
