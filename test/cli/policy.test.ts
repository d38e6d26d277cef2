import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import type { GatePolicy } from '../../src/system/policy.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, gateTiny, reportOf, runFolder, type Running, tiny } from './brownout.ts'

const config = join(import.meta.dirname, '../fixtures/tiny/policy.config.ts')
const waiver = {
  scenario: 'back-refused',
  owner: 'ann@example.org',
  reason: 'until the page is cached',
  expires: '9999-12-31',
}

const gateUnder = (policy: GatePolicy, home: string, ...args: string[]): Running =>
  brownout(['gate', '--config', config, '--home', home, '--only', 'back-refused', ...args], {
    env: { TINY_POLICY: JSON.stringify(policy) },
  })

test('an expired, an ownerless and an unknown waiver are problems, exit 2, and nothing is played', async () => {
  await using home = await temporaryFolder()
  const waivers = [
    { ...waiver, expires: '2026-01-31' },
    { ...waiver, owner: '' },
    { ...waiver, scenario: 'back-refusd' },
    { ...waiver, promise: 'during: share of reduced at least 81 %' },
  ]
  const running = gateUnder({ waivers }, home.path)
  expect((await running.exited).code).toBe(2)
  for (const text of [
    '4 problems',
    'the waiver for "back-refused" expired on 2026-01-31 (owner: ann@example.org; reason: until the page is cached)',
    'gate › waivers › 1 › owner: has no owner',
    'did you mean "back-refused"?',
    'did you mean "during: share of reduced at least 80 %"?',
  ])
    expect(running.output()).toContain(text)
  expect(readdirSync(home.path)).toEqual([])
})

test.for<[what: string, text: string | null, says: string]>([
  ['of a newer version', '{"format":"brownout-report","version":9}', 'a newer Brownout made it (version 9'],
  ['that is none', '{"format":"tar"}', 'it is no report of Brownout'],
  ['that is missing', null, 'ENOENT'],
])('a comparison with a report %s: exit 2 before anything is played', async ([, text, says]) => {
  await using home = await temporaryFolder()
  const file = join(home.path, 'earlier.json')
  if (text !== null) writeFileSync(file, text)
  const { code, output } = await gateTiny(home.path, '--against', file)
  expect(code, output).toBe(2)
  expect(output).toContain(says)
  expect(existsSync(join(home.path, 'runs'))).toBe(false)
})

test(
  'a waived promise ships and is told, what changed is told too, and a stored run is decided the same again',
  { timeout: 120_000 },
  async () => {
    await using first = await temporaryFolder()
    await using second = await temporaryFolder()
    const { code, output } = await gateTiny(first.path, '--only', 'back-refused', '--quiet', '--against', 'latest')
    expect(code, output).toBe(0)
    expect(output).toContain('nothing to compare with')
    expect(output).not.toContain('baseline')
    const earlier = runFolder(first.path)
    expect(reportOf(first.path).comparison).toBeNull()

    const promise = 'during: share of reduced at least 80 %'
    const variant = ['--variant', 'front.needs-back']
    const running = gateUnder({ waivers: [{ ...waiver, promise }] }, second.path, ...variant, '--against', earlier)
    expect((await running.exited).code, running.output()).toBe(0)
    expect(running.output()).toContain(waiver.owner)
    const report = reportOf(second.path)
    expect(report.decision).toMatchObject({
      ship: true,
      waived: [{ text: `back-refused: ${promise}`, owner: waiver.owner, expires: waiver.expires }],
    })
    expect(report.comparison).toEqual({
      against: basename(earlier),
      newlyBroken: [`back-refused: ${promise}`],
      newlyKept: [],
      newlyUndecided: [],
      added: [],
      removed: [],
    })

    const again = brownout(['report', runFolder(second.path), '--json'])
    expect((await again.exited).code).toBe(0)
    expect(JSON.parse(again.output())).toEqual(report)
  },
)

const runsOf = (home: string) =>
  readdirSync(join(home, 'runs'))
    .toSorted()
    .map((id) => join(home, 'runs', id))

test(
  'a gate is repeated with the next seed, the worst code wins, and older runs go, not its own',
  { timeout: 120_000 },
  async () => {
    await using home = await temporaryFolder()
    const args = [
      'gate',
      '--config',
      tiny,
      '--home',
      home.path,
      '--only',
      'back-refused',
      '--repeat',
      '2',
      '--keep',
      '1',
    ]
    const older = join(home.path, 'runs', '20260101-120000-abcd')
    mkdirSync(older, { recursive: true })
    writeFileSync(join(older, 'run.json'), '{}')
    const running = brownout(args)
    await running.saw('in force')
    expect(readdirSync(runsOf(home.path).at(-1) as string)).toContain('live')
    expect((await running.exited).code, running.output()).toBe(0)
    const rows = [...running.output().matchAll(/^(\d{8}-\d{6}-\w{4}) +(\d+) +degraded gracefully +0$/gm)]
    const seeds = rows.map((row) => Number(row[2]))
    expect(seeds).toEqual([seeds[0], Number(seeds[0]) + 1])
    expect(running.output()).toContain('every promise was the same every time')
    expect(running.output()).toContain(`removed one folder`)
    expect(runsOf(home.path).map((folder) => basename(folder))).toEqual(rows.map((row) => row[1]))
    for (const folder of runsOf(home.path)) expect(readdirSync(folder)).not.toContain('live')
  },
)

test('Ctrl-C between two of three runs ends them all, exit 130', { timeout: 90_000, retry: 0 }, async () => {
  await using home = await temporaryFolder()
  const running = gateUnder({}, home.path, '--repeat', '3')
  await running.saw('report.md')
  process.kill(running.pid, 'SIGINT')
  expect(await running.exited, running.output()).toEqual({ code: 130, signal: null })
  expect(readdirSync(join(home.path, 'runs'))).toHaveLength(2)
  expectNothingLeft(home.path)
})
