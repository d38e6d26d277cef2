import { expect, test } from 'vitest'
import { z } from 'zod'
import type { InteractionTerms } from '../../src/contract/terms.ts'
import { down, flapping, latency as late, pause, restart, surge } from '../../src/fault/vocabulary.ts'
import { checkScenario } from '../../src/run/check-scenarios.ts'
import { defineScenario, type Scenario } from '../../src/scenario/define.ts'
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
} from '../../src/scenario/promise.ts'
import { defineSystem, http, node, redis, url } from '../../src/system/define.ts'
import { namesOf } from '../../src/system/names.ts'

const ready = http('/healthz')
const names = namesOf(
  defineSystem({
    name: 'shop',
    services: {
      redis: redis(),
      orders: node('orders.js', { ready, env: { REDIS_URL: url('redis') } }),
      imaging: node('imaging.js', { ready, replicas: 2, env: { ORDERS_URL: url('orders') } }),
      storefront: node('storefront.js', { ready, env: { ORDERS_URL: url('orders'), IMAGING_URLS: url('imaging') } }),
    },
  }),
)
const read = 'browser → storefront / read'
const write = 'browser → storefront / write'
const interactions = [read, write].map((key, id): InteractionTerms => ({
  id,
  key,
  consumer: 'browser',
  provider: 'storefront',
  name: key.split(' / ')[1] as string,
  given: null,
  withinMs: null,
  recoversMs: 0,
  halves: ['normal'],
  stances: [],
}))
const fits = z.object({ missing: z.literal(0) })
const effects = get('orders', '/effects')

/** `path: message (hint)` of each problem of a sound scenario with these parts put in its place. */
function problemsOf(change: object): string[] {
  const definition = {
    ...defineScenario({
      title: 't',
      load: { rate: 100, mix: { [read]: 1, [write]: 1 } },
      faults: [down('storefront → orders')],
      promises: { during: [share('broken').atMost(0.05)] },
    }),
    ...change,
  } as Scenario
  const found = checkScenario({ file: 'f', definition }, names, { hash: 'h', interactions })
  return found.map(
    ({ path, message, hint }) => `${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  )
}

test('isolation and probes are fine where they make sense', () => {
  const promises = {
    before: [eventually('it began well', effects, fits), never('it is lost', effects, fits)],
    during: [isolated('browser -> storefront / read', { factor: 1 }), never('it is lost', effects, fits)],
    after: [
      eventually('nothing is missing', effects, fits, { within: '4s' }),
      never('it is lost', get('imaging#2', '/x', { status: 404 }), fits),
    ],
  }
  expect(problemsOf({ promises })).toEqual([])
  expect(problemsOf({ promises, phases: { before: '4s', during: '4s', after: '4s' } })).toEqual([])
})

test.for<[unknown, ...string[]]>([
  [isolated(undefined as never), ': undefined is no interaction'],
  [isolated(7 as never), ': 7 is no interaction'],
  [
    isolated(read, { factor: 0.9 }),
    `: "${read} is isolated, up to 0.9 times as slow" needs a factor of 1 or more, not 0.9 (2 allows it to take twice as long)`,
  ],
  [
    isolated(read, { factor: '2' as never }),
    `: "${read} is isolated, up to 2 times as slow" needs a factor of 1 or more, not '2' (2 allows it to take twice as long)`,
  ],
  [{ ...isolated(read), facter: 2 }, '.facter: the promise "isolated" has no "facter" (Did you mean "factor"?)'],
  [share('full', { off: read } as never).atLeast(0.9), '.off: the promise "share" has no "off" (Did you mean "of"?)'],
  [eventually('', effects, fits), ": '' is no label (say what is to come true: 'no order is missing')"],
  [
    eventually(7 as never, 'x' as never, fits),
    ": 7 is no label (say what is to come true: 'no order is missing')",
    ": 'x' is no probe (get('orders', '/effects'))",
  ],
  [
    eventually('l', get('orders', 'effects'), fits),
    ".probe: 'effects' is no path (it begins with a slash: get('orders', '/effects'))",
  ],
  [never('l', get(undefined as never, '/'), fits), ".probe: undefined is no service (get('orders', '/effects'))"],
  [
    never('l', { ...effects, method: 'POST' } as never, fits),
    '.probe.method: a probe has no "method" (Possible here: service, path, status.)',
  ],
  [
    never('l', get('orders', '/', { status: 42 }), fits),
    '.probe: 42 is no status of an answer (a whole number from 200 to 599)',
  ],
  [
    eventually('l', effects, { missing: 0 } as never),
    ': has no schema to hold its answers against (hand over one of zod 4, or any Standard Schema)',
  ],
  [
    { kind: 'never', label: 'l', probe: effects },
    ': has no schema to hold its answers against (hand over one of zod 4, or any Standard Schema)',
  ],
  [
    eventually('l', effects, fits, { within: 'soon' as never }),
    ': "eventually l within soon" needs a duration, not "soon"',
  ],
])('a promise that says nothing: %o', ([promise, ...problems]) => {
  expect(problemsOf({ promises: { during: [promise] } })).toEqual(
    problems.map((problem) => `promises.during.0${problem}`),
  )
})

test('a schema may be a function, as some vendors have it', () => {
  const schema = Object.assign(() => true, { '~standard': { version: 1, vendor: 'v', validate: () => ({ value: 1 }) } })
  expect(problemsOf({ promises: { during: [never('l', effects, schema as never)] } })).toEqual([])
})

test('isolation belongs to the fault, is of an interaction of the mix, and needs enough before it', () => {
  expect(problemsOf({ promises: { after: [isolated(read)] } })).toEqual([
    `promises.after.0: "${read} is isolated" compares the fault with the time before, so it belongs to "during", not "after"`,
  ])
  expect(problemsOf({ promises: { during: [isolated('browser → storefront / raed')] } })).toEqual([
    `promises.during.0: unknown interaction of the mix "browser → storefront / raed" (did you mean "${read}"?)`,
  ])
  // Half of a hundred a second: 72 take 1.44 s, or 94 (1.88 s) where the phase is looked at three times.
  const promises = { during: [isolated(read)] }
  const faults = [late('storefront → orders', '50ms', { for: '1500ms' })]
  expect(problemsOf({ promises, faults, phases: { before: '1500ms', during: '1500ms' } })).toEqual([])
  expect(problemsOf({ promises, faults, phases: { before: '1400ms' } })).toEqual([
    `promises.during.0: "${read} is isolated" cannot tell from 70 responses before what its p95 is: it needs 72 (lengthen phases.before to 2s or more, or raise the rate)`,
  ])
  const looked = { before: [share('full').atLeast(0.5)], ...promises }
  expect(problemsOf({ promises: looked, faults, phases: { before: '1500ms' } })[0]).toContain('it needs 94')
  expect(problemsOf({ promises, phases: { during: '1500ms' } })[0]).toContain(
    'can never be kept in 75 responses: it needs 94 without a single violation',
  )
})

test('faults that are not there all the time leave less of a phase to be judged', () => {
  const promises = { during: [latency('p95').atMost('1s')] }
  const during = (...faults: unknown[]) => problemsOf({ promises, faults, phases: { during: '2s' } })
  const slow = (timing: object) => late('storefront → orders', '50ms', timing)
  expect(during(slow({ for: '720ms' }))).toEqual([])
  expect(during(slow({ for: '710ms' }))).toEqual([
    'promises.during.0: "p95 at most 1s" can never be kept in 71 responses: it needs 72 without a single violation (let the faults last longer, or raise the rate)',
  ])
  expect(during(slow({ from: '1100ms' }))[0]).toContain(
    'in 90 responses: it needs 94 without a single violation (lengthen phases.during to 3s',
  )
  expect(during(slow({ for: '300ms' }), slow({ from: '600ms', for: '120ms' }))).toEqual([])
})

test('a recovery must be seen by enough responses', () => {
  const after = (length: string, before: unknown[] = []) =>
    problemsOf({ promises: { before, after: [recovers({ within: '500ms' })] }, phases: { after: length } })
  // Three looks and three starts share the error: 5 % take 115 responses, 1 % take 586.
  expect(after('1150ms')).toEqual([])
  expect(after('1140ms')).toEqual([
    'promises.after.0: "recovers within 500ms" can never be seen in 114 responses: it needs 115 that are well (lengthen phases.after to 2s or more, or raise the rate)',
  ])
  expect(after('5850ms', [share('full').atLeast(0.99)])[0]).toContain('it needs 586')
  expect(after('600ms', [none('broken')])).toEqual([])
})

test('somebody must be there to be asked', () => {
  const asked = (service: string) => problemsOf({ promises: { after: [never('l', get(service, '/'), fits)] } })
  expect(asked('ordres')).toEqual([
    'promises.after.0.probe.service: unknown service or instance "ordres" (did you mean "orders"?)',
  ])
  expect(asked('imaging#3')[0]).toContain('did you mean "imaging#1"?')
  expect(asked('redis')).toEqual(['promises.after.0.probe.service: "redis" is a Redis, which answers no GET'])
  expect([...asked('imaging'), ...asked('imaging#1')]).toEqual([])
})

test('there must be time for it to come true', () => {
  const within = (phases: object) =>
    problemsOf({ promises: { after: [eventually('l', effects, fits, { within: '3s' })] }, phases })
  expect([...within({ after: '3s' }), ...within({ during: '2s' })]).toEqual([])
  expect(within({ after: '2900ms' })).toEqual([
    'promises.after.0: "eventually l within 3s" has more time than the 2.9 s of "after" (lengthen phases.after, or leave "within" out)',
  ])
})

test('a label is that of one promise in its phase', () => {
  const [one, other] = [eventually('l', effects, fits), never('l', effects, fits)]
  expect(problemsOf({ promises: { during: [one], after: [other] } })).toEqual([])
  expect(problemsOf({ promises: { during: [one, other] } })).toEqual([
    'promises.during.1.label: "l" is the label of another promise of "during"',
  ])
})

test('a name that nobody reads is a problem', () => {
  expect(problemsOf({ phase: { during: '5s' } })).toEqual(['phase: a scenario has no "phase" (Did you mean "phases"?)'])
  expect(problemsOf({ load: { rates: 3, rate: 100, mix: { [read]: 1 } } })).toEqual([
    'load.rates: a load has no "rates" (Did you mean "rate"?)',
  ])
  expect(problemsOf({ phases: { durign: '5s' } })).toEqual([
    'phases.durign: unknown phase "durign" (did you mean "during"?)',
  ])
})

test('amplification cannot be measured where a fault keeps requests from the tap', () => {
  const under = (fault: unknown) =>
    problemsOf({ promises: { during: [amplification('storefront → imaging').atMost(2)] }, faults: [fault] }).filter(
      (problem) => problem.includes('can never be measured'),
    ).length
  expect(
    [flapping('imaging'), restart('imaging'), restart('imaging#1'), down('storefront → imaging#2')].map(under),
  ).toEqual([1, 1, 1, 1])
  expect(
    [pause('imaging'), flapping('imaging → orders'), surge(read, { rate: 20 }), restart('orders')].map(under),
  ).toEqual([0, 0, 0, 0])
})

test('the more often a phase is looked at, the more responses a promise needs', () => {
  const promises = {
    during: [latency('p95').atMost('1s')],
    after: [recovers({ within: '1s' })],
    before: [none('broken')],
  }
  const needed = (faults: unknown[]) =>
    problemsOf({ promises, faults, phases: { during: '500ms' } }).map((problem) => /needs (\d+)/.exec(problem)?.[1])
  expect(needed([down('storefront → orders')])).toEqual(['94'])
  expect(needed([late('storefront → orders', '50ms', { for: '400ms' })])).toEqual(['72'])
})
