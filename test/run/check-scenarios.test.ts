import { expect, test } from 'vitest'
import type { InteractionTerms } from '../../src/contract/terms.ts'
import { down, kill, latency as late, one, reset, timeout } from '../../src/fault/vocabulary.ts'
import { checkScenario } from '../../src/run/check-scenarios.ts'
import { amplification, latency, none, recovers, share } from '../../src/scenario/promise.ts'
import { defineScenario, type Scenario } from '../../src/scenario/define.ts'
import { defineSystem, http, node, redis, url } from '../../src/system/define.ts'
import { namesOf } from '../../src/system/names.ts'

const ready = http('/healthz')
const names = namesOf(
  defineSystem({
    name: 'shop',
    services: {
      redis: redis(),
      bare: node('bare.js'),
      comments: node('comments.js', { ready, env: { REDIS_URL: url('redis') } }),
      storefront: node('storefront.js', {
        ready,
        replicas: 2,
        env: { COMMENTS_URL: url('comments'), BARE_URL: url('bare') },
      }),
      balancer: node('balancer.js', { ready, env: { STOREFRONT_URLS: url('storefront') } }),
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
  recoversMs: 2_000,
  halves: ['normal'],
  stances: [],
}))

/** `path: message` and the hint of each problem of a sound scenario with these parts put in its place. */
function problemsOf(change: object): string[] {
  const definition = {
    ...defineScenario({
      title: 't',
      load: { rate: 100, mix: { [read]: 1 } },
      faults: [down('storefront → comments')],
      promises: { during: [share('broken').atMost(0.05)] },
    }),
    ...change,
  } as Scenario
  const found = checkScenario({ file: 'f', definition }, names, { hash: 'h', interactions })
  return found.map(
    ({ path, message, hint }) => `${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  )
}

test('a sound scenario has no problem, however its arrows are written', () => {
  expect(problemsOf({})).toEqual([])
  const arrows = {
    load: { rate: 100, mix: { 'browser -> storefront / read': 1, [write]: 1 } },
    faults: [late('storefront->comments', '100ms')],
    promises: {
      before: [share('full', { of: 'browser->storefront / read' }).atLeast(0.9)],
      during: [
        share('full', { of: read }).atLeast(0.9),
        latency('p95', { of: 'browser -> storefront / write' }).atMost('1s'),
        amplification('storefront -> comments').atMost(2),
        amplification('balancer -> storefront#1').atMost(2),
      ],
      after: [recovers({ within: '3s' })],
    },
    phases: { before: '3s', during: '3s', after: '5s' },
  }
  expect(problemsOf(arrows)).toEqual([])
})

test.for<[unknown, string]>([
  [share('brokn' as never).atMost(0.05), 'unknown class "brokn" (did you mean "broken"?)'],
  [none('brokn' as never), 'unknown class "brokn" (did you mean "broken"?)'],
  [share('full'), 'is not finished: add .atLeast(…) or .atMost(…)'],
  [latency('p95'), 'is not finished: add .atMost(…)'],
  [{ ...none('broken'), kind: 'nonne' }, 'unknown kind of promise "nonne" (did you mean "none"?)'],
  [late('redis', '1s'), `is a fault, not a promise (latency('p95').atMost('600ms'))`],
  [latency('p96' as never).atMost('1s'), 'unknown quantile "p96" (did you mean "p90"?)'],
  [share('full').atLeast('0.9' as never), "'0.9' is no share (a fraction between 0 and 1: 0.99 is 99 %)"],
  [share('full').atLeast(1n as never), '1n is no share (a fraction between 0 and 1: 0.99 is 99 %)'],
  [
    share('full').atLeast(1),
    `"share of full at least 100 %" can never be proven from a sample (none('broken') counts what was observed)`,
  ],
  [share('full').atMost(1), '"share of full at most 100 %" is always kept, so it says nothing'],
  [none('broken', { of: 7 as never }), '7 is no interaction'],
  [amplification(undefined as never).atMost(2), 'undefined is no edge'],
  [
    amplification('balancer → storefront#3').atMost(2),
    'unknown edge "balancer → storefront#3" (did you mean "balancer → storefront"?)',
  ],
  [null, `null is no promise (share('broken').atMost(0.05))`],
])('a promise that says nothing: %o', ([promise, problem]) => {
  expect(problemsOf({ promises: { during: [promise] } })).toEqual([`promises.during.0: ${problem}`])
})

test.for<[unknown, string]>([
  [down('redis', { as: 'slo' as never }), 'unknown condition "slo" (did you mean "slow"?)'],
  [{ ...down('redis'), kind: 'dwon' }, 'unknown kind of fault "dwon" (did you mean "down"?)'],
  [
    latency('redis' as never),
    `is the beginning of a promise, not a fault (with a delay it is one: latency('redis', '300ms'))`,
  ],
  [latency('p95').atMost('1s'), "is a promise, not a fault (latency('redis', '300ms'))"],
  [
    kill({ one: undefined, id: 'auth' } as never),
    "{ one: undefined, id: 'auth' } is no instance (kill('auth') or kill(one('storefront')))",
  ],
  [down(undefined as never), "undefined is no edge and no dependency (down('storefront → comments'))"],
  [kill(7 as never), "7 is no instance (kill('auth') or kill(one('storefront')))"],
  [timeout('redis', { stream: 'upsteam' as never }), 'unknown stream "upsteam" (did you mean "upstream"?)'],
  [late('redis', 'soon' as never), `"soon" is no duration (write it as '500ms' or '5s')`],
  [null, "null is no fault (down('storefront → comments'))"],
])('a fault that is none: %o', ([fault, problem]) => {
  expect(problemsOf({ faults: [fault] })).toContain(`faults.0: ${problem}`)
})

test.for([
  timeout('bare'),
  timeout('storefront -> bare', { stream: 'upstream' }),
  reset('storefront → bare'),
  late('bare', '300ms'),
  kill('bare'),
  kill(one('bare')),
])('a fault that an open port cannot witness: $kind', (fault) => {
  const [problem, ...others] = problemsOf({ faults: [fault] })
  expect(others).toEqual([])
  expect(problem).toContain('can never be witnessed')
  expect(problem).toContain("(give bare a ready probe: ready: http('/healthz'))")
})

test('killing what nobody calls can never be witnessed; a closed port and a probe that asks can', () => {
  expect(problemsOf({ faults: [kill('balancer')] })).toEqual([
    'faults.0: "kill(balancer)" can never be witnessed: nobody in the system calls it',
  ])
  const faults = [down('bare'), kill(one('storefront')), kill('storefront#2'), timeout('redis'), kill('redis')]
  expect(problemsOf({ faults })).toEqual([])
})

test('one instance may be amplified while another is killed, not while it is itself', () => {
  const promises = { during: [amplification('balancer → storefront#1').atMost(2)] }
  expect(problemsOf({ promises, faults: [kill('storefront#2')] })).toEqual([])
  expect(problemsOf({ promises, faults: [kill('storefront#1')] })[0]).toContain('can never be measured')
  expect(problemsOf({ promises, faults: [kill(one('storefront'))] })[0]).toContain('can never be measured')
})

test.for<[object, string]>([
  [{ faults: down('redis') }, "faults: is no list (faults: [down('redis')])"],
  [{ load: null }, 'load: sends no load'],
  [{ load: { rate: '100', mix: { [read]: 1 } } }, 'load.rate: 100 is no rate'],
  [
    {
      load: { rate: 100, mix: { [read]: '1', [write]: 1 } },
      promises: { during: [share('full', { of: read }).atLeast(0.9)] },
      phases: { during: '5s' },
    },
    `load.mix.${read}: 1 is no weight`,
  ],
  [{ load: { rate: 100, mix: { [read]: '1' } } }, `load.mix.${read}: 1 is no weight`],
  [{ promises: null }, 'promises: promises nothing'],
  [{ promises: [none('broken')] }, 'promises: a set of promises is no object'],
  [{ promises: { during: none('broken') } }, 'promises.during: is no list'],
  [{ phases: '5s' }, 'phases: a set of lengths is no object'],
  [{ phases: { during: 5 } }, 'phases.during: 5 is no duration'],
])('a shape that no type check saw is a problem: %o', ([change, problem]) => {
  const [found, ...others] = problemsOf(change)
  expect(found).toContain(problem)
  expect(others).toEqual([])
})

test('one interaction in two spellings is a problem: which weight is meant?', () => {
  const mix = { 'browser -> storefront / read': 1, [read]: 3 }
  expect(problemsOf({ load: { rate: 100, mix } })).toEqual([
    `load.mix.${read}: "${read}" is in the mix already, with its arrow written another way`,
  ])
})

test('whether a promise can be kept is told by the share of its interaction, written either way', () => {
  const told = ['browser -> storefront / read', read].map((of) =>
    problemsOf({
      load: { rate: 100, mix: { 'browser -> storefront / read': 1, [write]: 3 } },
      promises: { during: [share('full', { of }).atLeast(0.99)] },
      phases: { during: '10s' },
    }),
  )
  for (const [problem] of told) {
    expect(problem).toContain('can never be kept in 250 responses')
    expect(problem).toContain('lengthen phases.during to 20s')
  }
})
