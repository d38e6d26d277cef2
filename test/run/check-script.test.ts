import { expect, test } from 'vitest'
import { z } from 'zod'
import type { InteractionTerms } from '../../src/contract/terms.ts'
import type { Problem } from '../../src/core/errors.ts'
import { down, kill, latency as late, surge } from '../../src/fault/vocabulary.ts'
import type { ScriptFacts } from '../../src/load/script.ts'
import { checkSchedules } from '../../src/run/check-script.ts'
import { checkScenario } from '../../src/run/check-scenarios.ts'
import { targetsOf } from '../../src/run/blast-radius.ts'
import { makePlan } from '../../src/run/plan.ts'
import { defineScenario, type Scenario, type ScenarioDefinition } from '../../src/scenario/define.ts'
import {
  amplification,
  eventually,
  get,
  isolated,
  latency,
  never,
  none,
  recovers,
  share,
  threshold,
} from '../../src/scenario/promise.ts'
import { k6, type ScriptOptions } from '../../src/scenario/script-load.ts'
import { defineSystem, host, http, node, own, port, redis, url } from '../../src/system/define.ts'
import { namesOf } from '../../src/system/names.ts'
import { resolveTopology } from '../../src/system/resolve.ts'

const ready = http('/healthz')
const system = defineSystem({
  name: 'shop',
  services: {
    redis: redis(),
    orders: node('orders.js', { ready, env: { REDIS_URL: url('redis') } }),
    storefront: node('storefront.js', { ready, env: { ORDERS_URL: url('orders') } }),
  },
})
const read = 'browser → storefront / read'
const list = 'clerk → orders / list'
const interactions = [read, list].map((key, id): InteractionTerms => {
  const [consumer = '', provider = '', name = ''] = key.split(/ → | \/ /)
  return {
    id,
    key,
    consumer,
    provider,
    name,
    given: null,
    withinMs: null,
    recoversMs: 0,
    halves: ['normal'],
    stances: [],
  }
})
const terms = { hash: 'h', interactions }

type Change = Partial<ScenarioDefinition>

function scenarioWith(options: ScriptOptions, change: Change = {}): Scenario {
  return defineScenario({
    title: 't',
    load: k6('k6/read.js', options),
    faults: [down('storefront → orders')],
    promises: { during: [] },
    ...change,
  })
}

function problemsOf(options: unknown, change: Change = {}): string[] {
  const definition = scenarioWith(options as ScriptOptions, change)
  return textsOf(checkScenario({ file: 'f', definition }, namesOf(system), terms))
}

function textsOf(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ path, message, hint }) => `${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  )
}

test('a script that is told where the system is has no problem', () => {
  for (const options of [
    { target: 'storefront' },
    { interactions: [read] },
    { env: { SHOP: url('storefront'), PORT: port('orders'), HOST: host('orders'), WORD: 'text' } },
    { target: 'storefront', interactions: [read, 'clerk -> orders / list'] },
  ])
    expect(problemsOf({ thresholds: true, ...options })).toEqual([])
})

test.for<[unknown, ...string[]]>([
  [{}, "load: is told no address, so it cannot find the system (target: 'storefront' is its BASE_URL)"],
  // Two providers: nobody says which of them is its BASE_URL.
  [
    { interactions: [read, list] },
    "load: is told no address, so it cannot find the system (target: 'storefront' is its BASE_URL)",
  ],
  [{ target: 'storefrnt' }, 'load.target: unknown service "storefrnt" (did you mean "storefront"?)'],
  [{ target: 'redis' }, 'load.target: "redis" is a Redis, and k6 sends HTTP'],
  [{ env: { A: url('ordres') } }, 'load.env.A: unknown service "ordres" (did you mean "orders"?)'],
  [{ target: 'orders', env: { A: 7 } }, "load.env.A: must be text, or one of url(…), host(…), port(…) (write '7')"],
  [{ target: 'orders', env: { A: own('port') } }, 'load.env.A: must be text, or one of url(…), host(…), port(…)'],
  [
    { target: 'orders', env: { K6_VUS: '7' } },
    'load.env.K6_VUS: is an option of k6 or of Brownout (give it another name)',
  ],
  [
    { target: 'orders', env: { BROWNOUT_SCRIPT: '/' } },
    'load.env.BROWNOUT_SCRIPT: is an option of k6 or of Brownout (give it another name)',
  ],
  [
    { target: 7 },
    "load.target: 7 is no service (k6('k6/checkout.ts', { target: 'storefront', thresholds: true }))",
    "load: is told no address, so it cannot find the system (target: 'storefront' is its BASE_URL)",
  ],
  [{ target: 'orders', treshold: true }, 'load.treshold: a load by k6 has no "treshold" (Did you mean "thresholds"?)'],
  [{ target: 'orders', thresholds: 'yes' }, "load.thresholds: 'yes' is neither true nor false"],
  [
    { target: 'orders', interactions: read },
    "load.interactions: is no list (interactions: ['browser → storefront / read an article'])",
  ],
  [
    { target: 'orders', interactions: [read, 'browser -> storefront / read', 7] },
    `load.interactions.1: "${read}" is named already`,
    'load.interactions.2: 7 is no interaction',
  ],
  [
    { target: 'orders', interactions: ['browser → storefront / raed'] },
    `load.interactions.0: unknown interaction "browser → storefront / raed" (did you mean "${read}"?)`,
  ],
])('a script load that says something wrong: %o', ([options, ...problems]) => {
  const promises = { after: [never('it is lost', get('orders', '/'), z.object({}))] }
  expect(problemsOf(options, { promises })).toEqual(problems)
})

test.for([7, '', 'k6/read.mjs', undefined])('%o is no script', (script) => {
  const load = { ...k6('a.js', { target: 'orders', thresholds: true }), script: script as never }
  expect(problemsOf({}, { load })).toEqual([
    expect.stringMatching(/^load\.script: .* is no script \(a file \.js or \.ts: k6\(/),
  ])
})

test('it must promise something: thresholds do, and nobody writes them as promises', () => {
  expect(problemsOf({ target: 'orders' }, { promises: {} })).toEqual([
    "promises: promises nothing (during: [share('broken').atMost(0.05)])",
  ])
  expect(problemsOf({ target: 'orders', thresholds: true }, { promises: {} })).toEqual([])
  const written = threshold({ metric: 'checks', expression: 'rate>0.9' })
  expect(problemsOf({ target: 'orders' }, { promises: { after: [written] } })[0]).toContain(
    'unknown kind of promise "threshold"',
  )
})

test('what looks at responses needs some that are tagged', () => {
  const promises = {
    before: [
      share('full').atLeast(0.5),
      none('broken'),
      latency('p95').atMost('1s'),
      eventually('l', get('orders', '/'), z.object({})),
    ],
    during: [
      amplification('storefront → orders').atMost(2),
      isolated(read),
      never('l', get('orders', '/'), z.object({})),
    ],
    after: [recovers({ within: '1s' })],
  }
  const refused = problemsOf({ target: 'storefront', thresholds: true }, { promises })
  expect(refused.map((problem) => problem.split(':')[0])).toEqual([
    'promises.before.0',
    'promises.before.1',
    'promises.before.2',
    'promises.during.0',
    'promises.during.1',
    'promises.after.0',
  ])
  expect(refused[0]).toBe(
    'promises.before.0: "share of full at least 50 %" looks at responses, and none is known that the script does not tag (name the interactions it tags)',
  )
  expect(
    problemsOf({ thresholds: true, interactions: [read] }, { promises, faults: [late('storefront → orders', '90ms')] }),
  ).toEqual([])
})

test('a surge is more load, and a script alone says how much it sends', () => {
  const faults = [down('storefront → orders'), surge(read, { rate: 50 })]
  expect(problemsOf({ interactions: [read], thresholds: true }, { faults })).toEqual([
    expect.stringContaining('is more load, and a script alone says how much it sends'),
  ])
})

const thresholds = [{ metric: 'checks', expression: 'rate>0.9' }]
const usual: ScriptFacts = { sendsMs: 30_000, endsMs: 60_000, virtualUsers: 5, thresholds }

async function planned(options: ScriptOptions, change: Change = {}, facts: ScriptFacts | null = usual) {
  let next = 4_100
  const topology = await resolveTopology(system, {
    variants: [],
    ports: (count) => Promise.resolve(Array.from({ length: count }, () => next++)),
    proxied: true,
    folder: '/',
    data: '/data',
  })
  const doorOf = (service: string) => `http://127.0.0.1:${topology.instances.find(({ id }) => id === service)?.port}`
  const plan = makePlan({
    seed: 1,
    variants: [],
    topology,
    terms,
    requests: new Map(interactions.map(({ key }) => [key, { method: 'GET', path: '/' }])),
    scenarios: [{ file: 'f', name: 'n', definition: scenarioWith(options, change) }],
    scripts: { folder: '/shop', facts: new Map(facts === null ? [] : [['n', facts]]) },
    doorOf,
  })
  const [scenario] = plan.scenarios
  if (!scenario) throw new Error('no scenario was planned')
  return { plan, scenario, doorOf, problems: textsOf(checkSchedules([scenario])) }
}

test('it is told addresses by its environment, and they are in the blast radius', async () => {
  const env = { ORDERS: url('orders'), ORDERS_PORT: port('orders'), ORDERS_HOST: host('orders'), WORD: 'text' }
  const { plan, scenario, doorOf } = await planned({ target: 'storefront', env, thresholds: true })
  const [door, orders] = [doorOf('storefront'), doorOf('orders')]
  expect(scenario.script).toMatchObject({
    name: 'k6/read.js',
    file: '/shop/k6/read.js',
    env: { BASE_URL: door, ORDERS: orders, ORDERS_PORT: new URL(orders).port, ORDERS_HOST: '127.0.0.1', WORD: 'text' },
  })
  expect(targetsOf(plan).slice(0, 2)).toEqual([
    { what: 'load of k6/read.js (BASE_URL)', address: new URL(door).host },
    { what: 'load of k6/read.js (ORDERS, ORDERS_PORT, ORDERS_HOST)', address: new URL(orders).host },
  ])
})

test('the one provider of its interactions is its BASE_URL, unless it says otherwise', async () => {
  const baseOf = async (options: ScriptOptions) => (await planned(options)).scenario.script?.env['BASE_URL']
  const { doorOf } = await planned({ interactions: [read] })
  expect(await baseOf({ interactions: [read] })).toBe(doorOf('storefront'))
  expect(await baseOf({ interactions: [read], target: 'orders' })).toBe(doorOf('orders'))
  expect(await baseOf({ interactions: [read], env: { BASE_URL: url('orders') } })).toBe(doorOf('orders'))
  expect(await baseOf({ interactions: [read], env: { BASE_URL: 'http://127.0.0.1:1' } })).toBe('http://127.0.0.1:1')
})

test('its thresholds are promises of "after", its rate is not known, and no phase is looked at twice', async () => {
  const promises = { during: [share('full').atLeast(0.9)], after: [recovers({ within: '1s' })] }
  const { scenario } = await planned({ interactions: [read], thresholds: true }, { promises })
  expect(scenario.promises.after).toEqual([recovers({ within: '1s' }), threshold(thresholds[0] as never)])
  expect(scenario).toMatchObject({ rate: null, stages: [], interactions: [{ key: read, weight: 1 }] })
  expect(scenario.needs.every(({ need }) => need === null)).toBe(true)
  expect(Object.values(scenario.looks).map((looks) => looks.length)).toEqual([1, 1, 1])
  expect(scenario.healthRate).toBeGreaterThan(0)
})

test('phases of which nothing is said share what time the script leaves', async () => {
  const { scenario, problems } = await planned({ target: 'orders', thresholds: true })
  const { before, during, after } = scenario.planned
  expect(before + during + after + scenario.settleMs).toBeCloseTo(30_000, -1)
  expect(before).toBe(after)
  expect(problems).toEqual([])
  const some = (await planned({ target: 'orders' }, { phases: { before: '3s' } })).scenario
  expect(some.planned).toMatchObject({ before: 3_000, during: some.planned.after })
  // A fault that ends has its own time.
  const ends = (await planned({ target: 'orders' }, { faults: [down('orders → redis', { for: '4s' })] })).scenario
  expect(ends.planned.during).toBe(4_000)
})

test('a script must send for as long as its scenario takes, and not go on for very much longer', async () => {
  const phases = { before: '5s', during: '10s', after: '5s' } as const
  const of = async (facts: Partial<ScriptFacts>, faults: Change['faults'] = [down('storefront → orders')]) =>
    (await planned({ target: 'orders' }, { phases, faults }, { ...usual, ...facts })).problems
  expect(await of({ sendsMs: 26_500 })).toEqual([])
  expect(await of({ sendsMs: 20_000 })).toEqual([
    'load.script: "k6/read.js" sends for 20 s, and the scenario takes 26.5 s: before 5 s, during 10 s, after 5 s, and 6.5 s for faults to come and go (lengthen its schedule, or shorten the phases)',
  ])
  // An instance that is ended may take its time to be back.
  expect((await of({}, [kill('orders')]))[0]).toContain('for faults to come and go')
  expect(await of({ sendsMs: 86_500, endsMs: 146_500 })).toEqual([])
  expect(await of({ sendsMs: 600_000, endsMs: 630_000 })).toEqual([
    'load.script: "k6/read.js" may send for 10 min, more than the 1 min 27 s that go with this: the scenario takes 26.5 s: before 5 s, during 10 s, after 5 s, and 6.5 s for faults to come and go (shorten its schedule (duration, stages, maxDuration), or lengthen the phases)',
  ])
  expect(await of({ endsMs: 100_000 })).toEqual([
    'load.script: "k6/read.js" may take 1 min 10 s for its last iterations, more than 1 min (shorten its gracefulStop)',
  ])
})

test('thresholds that are to be kept must be there', async () => {
  const without = { ...usual, thresholds: [] }
  expect((await planned({ target: 'orders', thresholds: true }, {}, without)).problems).toEqual([
    'load.thresholds: "k6/read.js" has no thresholds (give its options some, or leave this out)',
  ])
  expect((await planned({ target: 'orders' }, {}, without)).problems).toEqual([])
})

test('without k6 to ask, what can be planned is planned', async () => {
  const { scenario, problems } = await planned({ target: 'orders', thresholds: true }, {}, null)
  expect(problems).toEqual([])
  expect(scenario).toMatchObject({ script: { facts: null }, promises: { after: [] }, planned: { before: 2_000 } })
})
