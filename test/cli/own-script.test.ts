import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, heldProcesses, recordOf, reportOf, runFolder } from './brownout.ts'

const fixture = join(import.meta.dirname, '../fixtures/scripts')
const config = join(fixture, 'brownout.config.ts')
const schema = JSON.parse(
  readFileSync(new URL('../../schema/report.v2.schema.json', import.meta.url), 'utf8'),
) as object
const isReport = new Ajv2020().compile(schema)

/** A gate on the tiny system under k6 scripts, to its end. */
async function gateBy(home: string, args: readonly string[], env: Record<string, string> = {}) {
  const all = ['gate', '--config', config, '--home', home, '--seed', '7', '--engines', 'load=k6', ...args]
  const running = brownout(all, { env })
  const { code } = await running.exited
  return { code, output: running.output() }
}

const page = 'http_req_duration{interaction:reader → front / read the page}'

/** Plays scripts as the load: each response classified, each fault witnessed and recovered from, each threshold kept. */
async function expectKeptGate(home: string, names: readonly string[]) {
  const { code, output } = await gateBy(
    home,
    names.flatMap((name) => ['--only', name]),
  )
  expect(code, output).toBe(0)
  const report = reportOf(home)
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true)
  expect(report.scenarios.map(({ name, word }) => [name, word])).toEqual(
    names.map((name) => [name, 'degraded gracefully']),
  )
  for (const { promises, counts, witnesses } of report.scenarios) {
    expect(promises.every(({ status }) => status === 'kept')).toBe(true)
    expect(promises.some(({ promise }) => promise.kind === 'threshold')).toBe(true)
    expect(counts.during.reduced).toBeGreaterThan(20)
    expect(witnesses.every(({ touched, crossedBefore }) => touched.seen && crossedBefore.seen)).toBe(true)
  }
  for (const name of names) expect(output).toMatch(new RegExp(`load of k6/${name}\\.[jt]s \\(BASE_URL\\)`))
  expectNothingLeft(home)
  return { report, output }
}

/** Every other executor and style is in the test after this one. */
const styles = [
  ['constant-arrival-rate', 'per-vu-iterations'],
  ['ramping-arrival-rate', 'ramping-vus'],
]

test.for(styles)('%s and %s play as the load', { timeout: 120_000 }, async (names) => {
  await using home = await temporaryFolder()
  await expectKeptGate(home.path, names)
})

test(
  'a report of scripts tells their thresholds and what was not looked at, and is judged the same again',
  { timeout: 120_000 },
  async () => {
    await using home = await temporaryFolder()
    const { report, output } = await expectKeptGate(home.path, ['constant-vus', 'shared-iterations'])
    const shared = report.scenarios.find(({ name }) => name === 'shared-iterations')
    expect(shared?.promises.map(({ phase, text }) => `${phase}: ${text}`)).toEqual([
      'before: share of full at least 90 %',
      'during: share of reduced at least 80 %',
      'after: recovers within 1s',
      'after: k6 threshold checks rate > 0.9',
      `after: k6 threshold ${page} p(95)<450`,
      `after: k6 threshold ${page} p(99)<900`,
    ])
    expect(output).toMatch(/Notes:[^]*constant-vus: [\d,]+ requests of k6\/constant-vus\.js without the tag/)
    expect(readFileSync(join(runFolder(home.path), 'report.md'), 'utf8')).toContain('**Notes**')

    // Stored, it is judged the same again.
    const again = brownout(['report', runFolder(home.path), '--json'])
    expect((await again.exited).code).toBe(0)
    expect(JSON.parse(again.output())).toEqual(report)
  },
)

test(
  'a broken answer is found in what a script sends, with its evidence and the log of the service',
  { timeout: 90_000 },
  async () => {
    await using home = await temporaryFolder()
    const { code, output } = await gateBy(home.path, ['--only', 'per-vu-iterations', '--variant', 'front.needs-back'])
    expect(code, output).toBe(1)
    expect(output).toMatch(/broken\s+during: share of reduced at least 80 %/)
    expect(output).toMatch(/broken\s+after: k6 threshold http_req_failed rate<0\.05/)
    expect(output).toMatch(/first\s+GET .*\/page → 500/)
    expect(output).toMatch(/front: url: \/page · status: 500/)
    expect(output).toContain(`--engines 'load=k6'`)
    // The data of the script's own setup() is in its headers, and nobody sees it.
    expect(readFileSync(join(runFolder(home.path), 'per-vu-iterations/evidence.jsonl'), 'utf8')).not.toContain(
      'of-setup',
    )
    expectNothingLeft(home.path)
  },
)

test(
  'a threshold that aborts the script is a finding: exit 1, and everything undone',
  { timeout: 90_000 },
  async () => {
    await using home = await temporaryFolder()
    const { code, output } = await gateBy(home.path, ['--only', 'aborting', '--variant', 'front.needs-back'])
    expect(code, output).toBe(1)
    const [scenario] = reportOf(home.path).scenarios
    expect(scenario?.word).toBe('broken')
    expect(scenario?.promises.map(({ text, status }) => `${text}: ${status}`)).toEqual([
      'k6 threshold http_req_failed rate<0.02: broken',
      'k6 threshold http_reqs count>1: kept',
    ])
    expect(scenario?.notes).toContainEqual(expect.stringMatching(/k6 ended .* before the scenario did \(exit code 99/))
    const [fault] = recordOf(home.path).scenarios[0]?.faults ?? []
    expect(fault?.verified).toBeGreaterThan(Number(fault?.undone) - 1)
    expectNothingLeft(home.path)
  },
)

test(
  'a script that tags nothing: probes and thresholds are decided, one without samples is not',
  { timeout: 90_000 },
  async () => {
    await using home = await temporaryFolder()
    const { code, output } = await gateBy(home.path, ['--only', 'old-style'])
    expect(code, output).toBe(3)
    const [scenario] = reportOf(home.path).scenarios
    expect(scenario?.promises.map(({ text, status }) => `${text}: ${status}`)).toEqual([
      'eventually it answers: kept',
      'k6 threshold http_req_duration{page:none} p(95)<1: undecided',
      'k6 threshold http_req_failed rate<0.1: kept',
    ])
    expect(scenario?.witnesses[0]).toMatchObject({ touched: { seen: true }, canary: { seen: true } })
    expect(recordOf(home.path)).toMatchObject({
      baseline: { responses: 0 },
      scenarios: [{ health: { healthy: true } }],
    })
    expectNothingLeft(home.path)
  },
)

test(
  'a script that never ends is given up in bounded time: exit 3, and everything undone',
  { timeout: 90_000 },
  async () => {
    await using home = await temporaryFolder()
    const { code, output } = await gateBy(home.path, ['--only', 'endless'])
    expect(code, output).toBe(3)
    expectNothingLeft(home.path)
  },
)

test('Ctrl-C while a script plays ends k6, and everything is undone', { timeout: 90_000 }, async () => {
  await using home = await temporaryFolder()
  const args = ['gate', '--config', config, '--home', home.path, '--engines', 'load=k6', '--only', 'shared-iterations']
  const running = brownout(args)
  await running.saw('in force')
  const processes = heldProcesses(home.path)
  expect(processes.length).toBeGreaterThan(3)
  process.kill(running.pid, 'SIGINT')
  expect((await running.exited).code, running.output()).toBe(130)
  expectNothingLeft(home.path, processes)
})

test(
  'scripts that k6 does not take are problems among others, each with its file: exit 2',
  { timeout: 90_000 },
  async () => {
    await using folder = await temporaryFolder()
    // Beside the tiny system, as the fixture is.
    cpSync(fixture, join(folder.path, 'scripts'), { recursive: true })
    symlinkSync(join(fixture, '../tiny'), join(folder.path, 'tiny'))
    symlinkSync(join(fixture, '../../../node_modules'), join(folder.path, 'node_modules'))
    symlinkSync(join(fixture, '../../../package.json'), join(folder.path, 'package.json'))
    symlinkSync(join(fixture, '../../../src'), join(folder.path, 'src'))
    const script = (name: string, text: string) => writeFileSync(join(folder.path, 'scripts/k6', name), text)
    script('shared-iterations.js', 'export default function () {\n  const a = ;\n}\n')
    script('constant-vus.js', 'for (;;);\nexport default function () {}\n')
    script('ramping-vus.js', "\nthrow new Error('no data')\n")
    script('old-style.js', "export const options = { vus: 1, duration: '3s' }\nexport default function () {}\n")
    rmSync(join(folder.path, 'scripts/k6/aborting.js'))
    writeFileSync(
      join(folder.path, 'scripts/scenarios/aborting.scenario.ts'),
      readFileSync(join(fixture, 'scenarios/aborting.scenario.ts'), 'utf8').replace('front → back', 'front → bakc'),
    )
    const home = join(folder.path, 'home')
    const args = ['gate', '--home', home, '--engines', 'load=k6']
    const running = brownout(args, { cwd: join(folder.path, 'scripts') })
    const { code } = await running.exited
    const output = running.output()
    expect(code, output).toBe(2)
    expect(output).toMatch(/^k6\/shared-iterations\.js:2 {2}k6 cannot play it: .*Unexpected token/m)
    expect(output).toMatch(/^k6\/constant-vus\.js {2}k6 cannot play it: its init code did not end within 10 s/m)
    expect(output).toMatch(/^k6\/ramping-vus\.js:2 {2}k6 cannot play it: .*no data/m)
    expect(output).toMatch(
      /^scenarios\/aborting\.scenario\.ts:5 {2}load › script: there is no file "k6\/aborting\.js"/m,
    )
    expect(output).toContain('unknown edge "front → bakc"')
    expect(existsSync(join(home, 'runs'))).toBe(false)
  },
)

test('only k6 plays scripts, and k6 must be there', { timeout: 90_000 }, async () => {
  await using home = await temporaryFolder()
  const all = ['--config', config, '--home', home.path, '--only', 'aborting']
  const embedded = brownout(['gate', ...all])
  expect((await embedded.exited).code).toBe(2)
  expect(embedded.output()).toMatch(/"k6\/aborting\.js" can be played by k6 alone.*\n.*--engines load=k6/)

  // With all else that is missing.
  const nowhere = { BROWNOUT_K6: '/nowhere/k6', BROWNOUT_TOXIPROXY: '/nowhere/toxiproxy' }
  const missing = brownout(['gate', ...all, '--engines', 'local'], { env: nowhere })
  expect((await missing.exited).code, missing.output()).toBe(6)
  expect(missing.output()).toMatch(/2 parts are missing.*\/nowhere\/k6.*\/nowhere\/toxiproxy/s)

  // What can be planned without it is planned, and what is missing is told.
  const plan = brownout(['plan', ...all, '--engines', 'load=k6'], { env: { BROWNOUT_K6: '/nowhere/k6' } })
  expect((await plan.exited).code, plan.output()).toBe(6)
  expect(plan.output()).toMatch(/k6 k6\/aborting\.js \(BASE_URL .*\)\n.*not known: there is no k6 to ask/)
})
