import { expect, test } from 'vitest'
import { decide } from '../../src/gate/decide.ts'
import { renderAnnotations } from '../../src/report/annotations.ts'
import { findingsOf } from '../../src/report/finding.ts'
import { renderJunit } from '../../src/report/junit.ts'
import type { Report } from '../../src/report/report.ts'
import { rowOf } from '../../src/report/scenario-row.ts'
import type { GatePolicy } from '../../src/system/policy.ts'
import { report, scenario, undecided } from './sample-report.ts'

const gaps = [
  { interaction: 'a → b / c', condition: 'x → y: slow' },
  { interaction: 'a → b / d', condition: 'x → y: slow' },
]
const open = scenario({ name: 'open', gaps })
const well = scenario({ name: 'well' })
const waivers = [{ scenario: 'open', owner: 'Ann', reason: 'known', expires: '2027-01-31' }]

function decided(policy: GatePolicy): Report {
  const made = report({ scenarios: [well, open] })
  return { ...made, decision: decide(made, policy) }
}

const placeOf = (file: string) => ({ file, line: undefined })

test('what nobody declared is a finding where it is a reason not to ship', () => {
  const made = decided({ undeclared: 'broken' })
  expect(findingsOf(open, made.decision)).toMatchObject([
    { kind: 'undeclared', text: 'nobody declared what holds for "a → b / c" under "x → y: slow"', excuse: null },
    { kind: 'undeclared', text: 'nobody declared what holds for "a → b / d" under "x → y: slow"', excuse: null },
  ])
  expect(rowOf(open, made.decision)).toMatchObject({ mark: '✘', color: 'red' })
  expect(renderAnnotations(made, placeOf).match(/^::error .*title=open%3A nobody declared/gm)).toHaveLength(2)
  expect(renderJunit(made)).toContain('<testsuite name="open" tests="3" failures="2" errors="0"')
})

test('one that is waived, or not required, names what lets it pass', () => {
  for (const [policy, excuse] of [
    [{ undeclared: 'broken', waivers }, 'waived by Ann until 2027-01-31: known'],
    [{ undeclared: 'broken', required: ['well'] }, 'the policy only warns of it'],
  ] satisfies [GatePolicy, string][]) {
    const made = decided(policy)
    expect(findingsOf(open, made.decision).map((finding) => finding.excuse)).toEqual([excuse, excuse])
    expect(rowOf(open, made.decision).mark).toBe('!')
    expect(renderJunit(made)).toContain(`undeclared, but ${excuse}`)
    expect(renderAnnotations(made, placeOf)).toContain('::warning ')
  }
})

test('it is none where it is only a warning', () => {
  const made = decided({})
  expect(findingsOf(open, made.decision)).toEqual([])
  expect(findingsOf(open, null)).toEqual([])
  expect(rowOf(open, made.decision).mark).toBe('✔')
})

test('that nothing is decided of a scenario is a finding where it is the reason not to ship', () => {
  const hazy = scenario({ name: 'hazy', word: 'inconclusive', promises: [undecided] })
  const made = report({ scenarios: [well, hazy] })
  made.decision = decide(made, { undecided: 'warning' })
  expect(findingsOf(hazy, made.decision)).toMatchObject([
    { kind: 'undecided', excuse: 'the policy only warns of it' },
    { kind: 'unproven', text: 'no promise was decided, so nothing is proven', excuse: null },
  ])
  expect(rowOf(hazy, made.decision).mark).toBe('?')
  expect(findingsOf(hazy, null)).toHaveLength(1)
})
