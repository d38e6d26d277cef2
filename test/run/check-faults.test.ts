import { expect, test } from 'vitest'
import { Place } from '../../src/contract/place.ts'
import type { Problem } from '../../src/core/errors.ts'
import {
  bandwidth,
  describeFault,
  down,
  type Fault,
  flapping,
  kill,
  latency,
  limitData,
  one,
  pause,
  reset,
  restart,
  slicer,
  slowClose,
  surge,
  timeout,
} from '../../src/fault/vocabulary.ts'
import { checkFaults } from '../../src/run/check-faults.ts'
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

/** `message (hint)` of each problem of a fault that is sound in itself. */
function problemsOf(fault: Fault, during?: number): string[] {
  return problemsOfAll([fault], during)
}

function problemsOfAll(faults: Fault[], during?: number): string[] {
  const problems: Problem[] = []
  const place = new Place('f', problems)
  const scenario = {
    rate: 100,
    script: null,
    mix: new Map([[read, { weight: 1, place }]]),
    faults: faults.map((fault) => ({ fault, place })),
    promises: [],
    lengths: during === undefined ? {} : { during },
  }
  checkFaults(scenario, names)
  return problems.map(({ message, hint }) => `${message}${hint === undefined ? '' : ` (${hint})`}`)
}

test.for<[Fault, number?]>([
  [bandwidth('comments', 10)],
  [bandwidth('redis', 1_000)],
  [slicer('storefront -> comments', { size: 50, delay: '10ms' })],
  [limitData('storefront#1', 100)],
  [limitData('redis', 5_000)],
  [limitData('comments', 60_000)],
  [slowClose('comments → redis', '5ms')],
  [flapping('comments')],
  [pause('redis')],
  [pause('storefront')],
  [kill('storefront')],
  [restart('storefront#2')],
  [restart(one('storefront'))],
  [surge('browser -> storefront / read', { rate: 1 })],
  // Steps tell of these, and they need no canary.
  [flapping('bare')],
  [restart('bare')],
  [down('bare')],
  [down('redis', { from: '1s', for: '4s' }), 5_000],
  [surge(read, { rate: 1_000, from: '4900ms' }), 5_000],
  [surge(read, { rate: 100, for: '720ms' })],
  [timeout('redis', { for: '500ms' })],
  [timeout('redis', { for: '100ms', after: '50ms' })],
  [flapping('redis', { for: '1s' })],
])('%j can be played', ([fault, during]) => {
  expect(problemsOf(fault, during)).toEqual([])
})

test.for<[Fault, string]>([
  [limitData('coments', 5), 'unknown dependency "coments" (did you mean "comments"?)'],
  [
    slicer('storefront → comets', { size: 1, delay: '1s' }),
    'unknown edge "storefront → comets" (did you mean "storefront → comments"?)',
  ],
  [pause('storefrnt'), 'unknown service or instance "storefrnt" (did you mean "storefront"?)'],
  [restart('storefront#3'), 'unknown service or instance "storefront#3" (did you mean "storefront#1"?)'],
  [kill(one('storefront#1')), 'unknown service "storefront#1" (did you mean "storefront"?)'],
  [
    surge('browser → storefront / reed', { rate: 1 }),
    `unknown interaction of the mix "browser → storefront / reed" (did you mean "${read}"?)`,
  ],
])('%j is aimed at nothing', ([fault, problem]) => {
  expect(problemsOf(fault)).toEqual([problem])
})

const chance = 'less than 5 ms cannot be told from chance'
const echo = "it does not show in the canary's answer, 5009 bytes"
const most = "it does not show in the canary's answer, 65536 bytes at most"

test.for<[Fault, string, string?]>([
  [bandwidth('redis', 1_002), echo, 'a rate of 1001 kB/s or less'],
  [bandwidth('comments', 20_000), most, 'a rate of 13107 kB/s or less'],
  [limitData('redis', 5_009), echo, 'less than 5009 bytes'],
  [limitData('comments', 1_000_000), most, 'less than 65536 bytes'],
  [latency('redis', '0ms'), chance, 'a delay of 5ms or more, the jitter taken off'],
  [latency('comments', '50ms', { jitter: '50ms' }), chance, 'a delay of 5ms or more, the jitter taken off'],
  [slowClose('redis', '4ms'), chance, 'a delay of 5ms or more'],
  [slicer('redis', { size: 100, delay: '0ms' }), echo, `smaller slices or a longer delay: in all, ${chance}`],
  [slicer('redis', { size: 6_000, delay: '1s' }), echo, `smaller slices or a longer delay: in all, ${chance}`],
  [restart('balancer'), 'nobody in the system calls it'],
  [pause('balancer'), 'nobody in the system calls it'],
  ...[
    bandwidth('bare', 1),
    limitData('bare', 1),
    slowClose('bare', '1s'),
    slicer('bare', { size: 1, delay: '1s' }),
    pause('bare'),
    reset('bare'),
  ].map((fault): [Fault, string, string] => [
    fault,
    'connecting is all that is asked of it, and the proxy before it always lets you',
    "give bare a ready probe: ready: http('/healthz')",
  ]),
])('%j can never be witnessed: %s', ([fault, why, hint]) => {
  const [problem, ...others] = problemsOf(fault)
  expect(others).toEqual([])
  expect(problem).toContain(` can never be witnessed: ${why}${hint === undefined ? '' : ` (${hint})`}`)
})

test.for<[Fault, string]>([
  [down('redis', { from: '5s' }), '"down(redis) from 5s" begins after a "during" of 5 s (lengthen phases.during)'],
  [
    surge(read, { rate: 1, from: '1m', for: '1s' }),
    `"surge(${read}, 1/s more) from 1m for 1s" begins after a "during" of 5 s (lengthen phases.during)`,
  ],
  [
    down('redis', { from: '3s', for: '2100ms' }),
    '"down(redis) from 3s for 2100ms" lasts longer than a "during" of 5 s (lengthen phases.during)',
  ],
  [kill('redis', { for: '6s' }), '"kill(redis) for 6s" lasts longer than a "during" of 5 s (lengthen phases.during)'],
  [
    timeout('redis', { for: '499ms' }),
    '"timeout(redis) for 499ms" is over before it can be seen, which takes 500 ms (give it more time)',
  ],
  [
    pause('redis', { for: '100ms' }),
    '"pause(redis) for 100ms" is over before it can be seen, which takes 500 ms (give it more time)',
  ],
  [
    latency('redis', '1s', { from: '4500ms' }),
    '"latency(redis, 1s) from 4500ms" is over before it can be seen, which takes 1 s (give it more time)',
  ],
  [
    flapping('redis', { for: '900ms' }),
    '"flapping(redis, 500ms down, 500ms up) for 900ms" is over before it can be seen, which takes 1 s (give it more time)',
  ],
  [
    surge(read, { rate: 100, for: '719ms' }),
    `"surge(${read}, 100/s more) for 719ms" cannot be told from chance in 719 ms (give it 720 ms or more, or a higher rate)`,
  ],
  [
    surge(read, { rate: 10, from: '1s' }),
    `"surge(${read}, 10/s more) from 1s" cannot be told from chance in 4 s (give it 39.6 s or more, or a higher rate)`,
  ],
])('%j does not fit into five seconds', ([fault, problem]) => {
  expect(problemsOf(fault, 5_000)).toEqual([problem])
})

test.for<[hidden: Fault, hiding: Fault]>([
  [latency('redis', '100ms'), down('redis')],
  [timeout('comments → redis'), down('redis', { from: '1s' })],
  [pause(one('storefront')), down('storefront')],
  [latency('redis', '100ms'), limitData('redis', 100)],
  [bandwidth('storefront', 1), kill(one('storefront'))],
  [bandwidth('storefront', 1), pause('storefront#2')],
  [latency('redis', '100ms', { from: '1s', for: '2s' }), kill('redis', { from: '1s', for: '1s' })],
  [latency('redis', '100ms', { from: '1s', for: '2s' }), kill('redis', { from: '2s', for: '1s' })],
])('%j is hidden by %j', ([hidden, hiding]) => {
  for (const faults of [
    [hidden, hiding],
    [hiding, hidden],
  ])
    expect(problemsOfAll(faults)).toEqual([
      `"${describeFault(hidden)}" can never be witnessed: "${describeFault(hiding)}" hides it from the canary (let one come after the other: from, for)`,
    ])
})

test.for<[Fault, Fault]>([
  [latency('redis', '100ms'), slowClose('redis', '100ms')],
  [latency('redis', '100ms'), down('comments')],
  [latency('redis', '100ms'), restart('redis')],
  [latency('redis', '100ms', { for: '1s' }), down('redis', { from: '1s' })],
  [latency('redis', '100ms', { for: '5s' }), kill('redis', { from: '2s', for: '1s' })],
  [latency('balancer → storefront#1', '100ms'), kill('storefront#2')],
  [latency('balancer → storefront#1', '100ms'), kill(one('storefront'))],
  [down('redis', { for: '1s' }), down('comments → redis', { from: '1s' })],
  [down('redis'), flapping('comments')],
  [kill('redis'), down('redis')],
  [kill(one('storefront')), pause(one('storefront'))],
  [kill('storefront#1', { from: '1s' }), pause('storefront#2', { from: '1s' })],
  [kill('storefront#1', { for: '1s' }), pause('storefront#1', { from: '2s' })],
  [kill('storefront#1', { for: '1s' }), down('storefront', { from: '2s' })],
  [kill('redis', { for: '1s' }), restart('comments', { from: '1s' })],
  [latency('redis', '100ms'), surge(read, { rate: 1 })],
])('%j and %j can both be felt', (faults) => {
  expect(problemsOfAll(faults)).toEqual([])
})

test.for<[first: Fault, second: Fault, edge: string]>([
  [down('redis'), down('comments → redis'), 'comments → redis'],
  [down('redis', { for: '2s' }), down('comments → redis', { from: '1s' }), 'comments → redis'],
  [down('redis'), flapping('redis', { from: '1s', for: '2s' }), 'comments → redis'],
  [flapping('storefront#2'), flapping('balancer → storefront', { from: '1s' }), 'balancer → storefront#2'],
])('of %j and %j, which refuse one edge, the first to go lets it through', ([first, second, edge]) => {
  expect(problemsOfAll([first, second])).toEqual([
    `"${describeFault(second)}" and "${describeFault(first)}" refuse "${edge}" together, and the first of them to go lets it through (let one come after the other: from, for)`,
  ])
})

test.for<[first: Fault, second: Fault]>([
  [kill('storefront#1'), kill('storefront#2', { from: '2s' })],
  [kill('storefront#1', { for: '1s' }), kill('storefront#2', { from: '1s' })],
  [kill(one('storefront')), pause(one('storefront'), { for: '1s' })],
  [kill('storefront#1'), down('balancer → storefront#2', { from: '1s' })],
  [latency('storefront#1', '100ms'), kill('storefront#2', { from: '1s' })],
  [restart('storefront'), kill('storefront#1', { from: '1s' })],
  [restart('storefront'), restart('storefront', { from: '5s' })],
])('%j and %j: who feels them would be a matter of the moment', ([first, second]) => {
  expect(problemsOfAll([first, second])).toEqual([
    `"${describeFault(second)}" and "${describeFault(first)}" hit different instances of storefront at different times: whether one is left is a matter of chance (give both the same from and for, or each a scenario of its own)`,
  ])
})
