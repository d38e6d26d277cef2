import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ScriptError } from '../../src/load/script.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { read, scripts } from './own-scripts.ts'

const env = { SECONDS: '2', BASE_URL: 'http://127.0.0.1:9' }

test.for([
  ['shared-iterations.js', { sendsMs: 2_000, endsMs: 4_000, virtualUsers: 5 }, 3],
  ['per-vu-iterations.ts', { sendsMs: 2_000, endsMs: 4_000, virtualUsers: 4 }, 1],
  ['constant-vus.js', { sendsMs: 2_000, endsMs: 32_000, virtualUsers: 4 }, 1],
  ['ramping-vus.js', { sendsMs: 2_000, endsMs: 32_000, virtualUsers: 6 }, 2],
  ['constant-arrival-rate.ts', { sendsMs: 2_000, endsMs: 32_000, virtualUsers: 30 }, 2],
  ['ramping-arrival-rate.js', { sendsMs: 2_000, endsMs: 32_000, virtualUsers: 61 }, 3],
  ['old-style.js', { sendsMs: 2_000, endsMs: 32_000, virtualUsers: 3 }, 2],
] as const)(
  'the schedule and the thresholds of %s are known before it is played',
  async ([script, facts, thresholds]) => {
    const found = await read({ file: join(scripts, script), env })
    expect(found).toMatchObject(facts)
    expect(found.thresholds).toHaveLength(thresholds)
  },
)

test('a script that says nothing counts iterations, for ten minutes at most', async () => {
  expect(await inspected('export default function () {}')).toEqual({
    sendsMs: 600_000,
    endsMs: 630_000,
    virtualUsers: 1,
    thresholds: [],
  })
})

test('thresholds are known in all their forms, schedules with a later start to their end', async () => {
  const text = `export const options = {
    scenarios: {
      a: { executor: 'constant-vus', vus: 1, duration: '1m', startTime: '1h2m3s', gracefulStop: '0s' },
      b: { executor: 'constant-vus', vus: 2, duration: '1500ms' },
    },
    thresholds: { checks: ['rate>0.9', { threshold: 'rate > 0.5', abortOnFail: true }], 'http_reqs{a:b}': ['count>1'] },
  }
  export default function () {}`
  expect(await inspected(text)).toEqual({
    sendsMs: 3_783_000,
    endsMs: 3_783_000,
    virtualUsers: 2,
    thresholds: [
      { metric: 'checks', expression: 'rate>0.9' },
      { metric: 'checks', expression: 'rate > 0.5' },
      { metric: 'http_reqs{a:b}', expression: 'count>1' },
    ],
  })
})

test.for([
  ['a syntax error', 'const a = ;', 'Unexpected token', 1],
  ['an exception in its init code', "\n\nthrow new Error('no data')", 'no data', 3],
  ['an import of what is not there', "import { a } from './nowhere.js'", './nowhere.js', null],
  ['data that is not there', "\nopen('./nowhere.json')", 'nowhere.json', 2],
  [
    'an option that is none',
    "export const options = { scenarios: { a: { executor: 'constant-vus', vuz: 1 } } }",
    'vuz',
    null,
  ],
  [
    'a function that is not there',
    "export const options = { scenarios: { a: { executor: 'constant-vus', vus: 1, duration: '1s', exec: 'nope' } } }",
    'nope',
    null,
  ],
  ['a threshold that is none', "export const options = { thresholds: { checks: ['sum of all'] } }", 'sum of all', null],
  ['an extension of k6', "import redis from 'k6/x/redis'", 'k6/x/redis', null],
] as const)('%s is why it cannot be played', async ([, text, why, line]) => {
  const error = await inspected(`${text}\nexport default function () {}`).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ScriptError)
  const { message, place } = error as ScriptError
  expect(message).toContain(why)
  expect(message).not.toMatch(/\n|could not initialize/)
  expect(place?.line ?? null).toBe(line)
})

test('a file that is imported is where its own errors are', async () => {
  await using folder = await temporaryFolder()
  writeFileSync(join(folder.path, 'part.js'), '\nexport const a = ;')
  const file = join(folder.path, 'whole.js')
  writeFileSync(file, "import { a } from './part.js'\nexport default function () { return a }")
  await expect(read({ file, env: {} })).rejects.toMatchObject({
    place: { file: join(folder.path, 'part.js'), line: 2 },
  })
})

test('init code that never ends is given up', async () => {
  await expect(inspected('for (;;);\nexport default function () {}')).rejects.toThrow('did not end within 10 s')
})

test('it sees what it is told, and nothing else of the environment', async () => {
  const text = `if (__ENV.WORD !== 'ü "x"' || __ENV.HOME || __ENV.PATH) throw new Error(JSON.stringify(__ENV))
  export default function () {}`
  await expect(inspected(text, { WORD: 'ü "x"' })).resolves.toBeDefined()
})

async function inspected(text: string, own: Record<string, string> = env) {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'a script.js')
  writeFileSync(file, text)
  return await read({ file, env: own })
}
