import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { brownout, tiny } from './brownout.ts'

const wrong = join(import.meta.dirname, '../fixtures/wrong/brownout.config.ts')

/** Place and message of each mistake in test/fixtures/wrong. */
const mistakes = [
  ['contracts/broken-syntax.contract.ts', 'does not load'],
  ['brownout.config.ts:9', 'unknown service "bakc"', 'did you mean "back"?'],
  ['brownout.config.ts:11', 'port 4100 is that of "back" already'],
  ['brownout.config.ts:14', 'unknown service "balancer"'],
  ['brownout.config.ts:15', 'unknown service "frnot"', 'did you mean "front"?'],
  ['contracts/reader--front.contract.ts:7', '{id} has no value'],
  ['contracts/reader--front.contract.ts:9', "'5 parsecs' is no length of time"],
  ['contracts/reader--front.contract.ts:11', 'unknown service "bakc"', 'did you mean "back"?'],
  ['contracts/reader--front.contract.ts:13', 'names no dependency and condition'],
  [
    'scenarios/impossible.scenario.ts:5',
    'unknown interaction "reader → front / read the pgae"',
    'did you mean "reader → front / read the page"?',
  ],
  ['scenarios/impossible.scenario.ts:8', 'belongs to "after", not "before"'],
  [
    'scenarios/impossible.scenario.ts:10',
    'can never be kept in 200 responses: it needs 47873',
    'lengthen phases.during to 479s',
  ],
  ['scenarios/impossible.scenario.ts:11', 'can never be measured: a refused port counts no requests under down'],
  ['scenarios/impossible.scenario.ts:12', 'is no share'],
  ['scenarios/impossible.scenario.ts:15', 'cannot be seen in an "after" of 5 s'],
  ['scenarios/impossible.scenario.ts:15', 'needs a duration, not "soon"'],
  ['scenarios/misspelt.scenario.ts:7', 'unknown condition "slo"', 'did you mean "slow"?'],
  [
    'scenarios/misspelt.scenario.ts:7',
    '"timeout(front -> back)" can never be witnessed',
    "give back a ready probe: ready: http('/healthz')",
  ],
  ['scenarios/misspelt.scenario.ts:8', 'is not finished: add .atLeast(…) or .atMost(…)'],
  ['scenarios/no-load.scenario.ts:5', 'sends no load'],
  ['scenarios/no-load.scenario.ts:6', 'unknown edge "front → bakc"', 'did you mean "front → back"?'],
  ['--variant', 'unknown variant "front.fast"', 'known: front.slow'],
  ['--only', 'unknown scenario "nothing"'],
] as const

test('all mistakes of all files are told at once, each with its place, and nothing is started', async () => {
  const running = brownout(['gate', '--config', wrong, '--variant', 'front.fast', '--only', 'nothing'])
  expect((await running.exited).code).toBe(2)
  const lines = running.output().split('\n')
  expect(lines[0]).toContain(`${mistakes.length} problems`)
  for (const [place, message, hint] of mistakes) {
    const at = lines.findIndex((line) => line.startsWith(place) && line.includes(message))
    expect(at, `${place} … ${message} in\n${running.output()}`).toBeGreaterThan(-1)
    expect(lines[at + 1]).toContain(hint ?? '')
  }
  expect(existsSync(join(import.meta.dirname, '../fixtures/wrong/.brownout'))).toBe(false)
})

test.for([
  { args: ['gate', '--config', 'nowhere.config.ts'], says: 'Failed to find "nowhere.config.ts"' },
  { args: ['run', '--config', tiny, 'back-refusd'], says: 'did you mean "back-refused"?' },
  { args: ['gate', '--seed', 'seven'], says: 'a whole number' },
  { args: ['gate', '--sed', '7'], says: "unknown option '--sed'" },
  { args: ['gaet'], says: "unknown command 'gaet'" },
  { args: ['report', 'no-such-run', '--home', '/nonexistent'], says: 'Failed to read the run' },
])('bad usage: $args, exit 2', async ({ args, says }) => {
  const running = brownout(args)
  expect((await running.exited).code, running.output()).toBe(2)
  expect(running.output()).toContain(says)
})

test('a plan names targets, phases, needs and time, and touches nothing', async () => {
  const running = brownout(['plan', '--config', tiny, '--seed', '7'])
  expect((await running.exited).code, running.output()).toBe(0)
  for (const text of [
    'targets (loopback only)',
    /front → back +127\.0\.0\.1:\d+ → 127\.0\.0\.1:\d+ → 127\.0\.0\.1:\d+/,
    'share of full at least 90 %: 150 responses; kept from 46 without a violation',
    /during +2 s/,
    '3 scenarios; 19 s in all',
  ]) {
    expect(running.output()).toMatch(text)
  }
  expect(existsSync(join(import.meta.dirname, '../fixtures/tiny/.brownout'))).toBe(false)
})

test.for([
  { args: ['--version'], says: /^\d+\.\d+\.\d+/ },
  { args: ['--help'], says: /gate.*run.*plan.*report/s },
  { args: ['gate', '--help'], says: /--only.*--variant.*--seed/s },
])('$args, exit 0', async ({ args, says }) => {
  const running = brownout(args)
  expect((await running.exited).code).toBe(0)
  expect(running.output()).toMatch(says)
})
