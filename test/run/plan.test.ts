import { expect, test } from 'vitest'
import { z } from 'zod'
import type { InteractionTerms } from '../../src/contract/terms.ts'
import { down, flapping, kill, latency as delayed, pause, restart, surge } from '../../src/fault/vocabulary.ts'
import { type PlanInput, makePlan } from '../../src/run/plan.ts'
import { leaseMs } from '../../src/run/settle.ts'
import { defineScenario, type ScenarioDefinition } from '../../src/scenario/define.ts'
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
import type { Edge } from '../../src/system/topology.ts'
import type { PlannedInstance } from '../../src/system/resolve.ts'

const key = 'browser → front / read'
const terms: InteractionTerms = {
  id: 0,
  key,
  consumer: 'browser',
  provider: 'front',
  name: 'read',
  given: null,
  withinMs: null,
  recoversMs: 0,
  halves: ['normal', 'reduced'],
  stances: [
    {
      text: 'back: unavailable',
      when: { dependency: 'back', condition: 'unavailable' },
      kind: 'reduced',
      bit: 1,
      withinMs: 800,
    },
  ],
}
const other = 'browser → front / write'
const door = 'http://127.0.0.1:4'
const address = (port: number) => ({ host: '127.0.0.1', port })
const edge = (consumer: string, instance: string): Edge => ({
  id: `${consumer} → ${instance}`,
  consumer,
  provider: instance.split('#')[0] as string,
  instance,
  proxy: address(1),
  tap: address(2),
  upstream: address(3),
})
const instance = (id: string) =>
  ({
    id,
    service: id.split('#')[0] as string,
    ...address(id.endsWith('#2') ? 5 : 4),
    probe: { kind: 'tcp' },
    readyWithinMs: 20_000,
  }) as PlannedInstance

function planOf(change: Partial<ScenarioDefinition>, seed = 1) {
  const definition = defineScenario({
    title: 't',
    load: { rate: 100, mix: { [key]: 1 } },
    faults: [down('back')],
    promises: {},
    ...change,
  })
  const input: PlanInput = {
    seed,
    variants: [],
    topology: {
      name: 's',
      instances: ['back#1', 'back#2', 'front'].map(instance),
      edges: [edge('front', 'back#1'), edge('front', 'back#2')],
    },
    terms: { hash: 'h', interactions: [terms, { ...terms, id: 1, key: other, name: 'write' }] },
    requests: new Map([
      [key, { method: 'GET', path: '/' }],
      [other, { method: 'POST', path: '/' }],
    ]),
    scenarios: [{ file: 'f', name: 'n', definition }],
    scripts: { folder: '.', facts: new Map() },
    doorOf: () => door,
  }
  const [planned] = makePlan(input).scenarios
  if (!planned) throw new Error('no scenario was planned')
  return planned
}

test('phases are as long as the user says', () => {
  expect(planOf({ phases: { before: '1s', during: '2s', after: '3s' } }).planned).toEqual({
    before: 1_000,
    during: 2_000,
    after: 3_000,
  })
})

test('an absent length is made from what the promises need, with room for violations', () => {
  // With three looks, 1 % takes 477 responses without a violation: 4.77 s at 100 a second, and half as much again.
  const { planned } = planOf({
    promises: {
      before: [share('full').atLeast(0.99)],
      during: [share('broken').atMost(0.5)],
      after: [recovers({ within: '3s' })],
    },
  })
  // What recovers is looked at from three starts, so each takes 586 of them.
  expect(planned).toEqual({ before: 7_155, during: 2_000, after: 3_000 + 8_790 })
})

test('an amplification needs 200 responses before and during', () => {
  const { planned } = planOf({
    load: { rate: 50, mix: { [key]: 1 } },
    promises: { during: [amplification('front → back').atMost(2)] },
  })
  expect([planned.before, planned.during]).toEqual([6_000, 6_000])
})

test('the time-out is twice the largest deadline, at most ten seconds', () => {
  expect(planOf({}).timeoutMs).toBe(1_600)
  expect(planOf({ promises: { during: [latency('p95').atMost('3s')] } }).timeoutMs).toBe(6_000)
  expect(planOf({ promises: { during: [latency('p95').atMost('30s')] } }).timeoutMs).toBe(10_000)
})

test('an arrow written -> and a name of the mix are brought into one form', () => {
  const planned = planOf({
    load: { rate: 10, mix: { 'browser -> front / read': 1 } },
    promises: { during: [share('full', { of: 'browser->front / read' }).atLeast(0.5)] },
  })
  expect(planned.interactions[0]?.key).toBe(key)
  expect(planned.promises.during[0]).toMatchObject({ of: key })
})

test('during lasts as long as its faults: to the end of each, from the coming of the first, twice up and down', () => {
  expect(planOf({ faults: [down('back', { from: '1s', for: '4s' })] }).planned.during).toBe(5_000)
  expect(planOf({ faults: [down('back', { from: '1s' }), kill('front', { from: '3s' })] }).planned.during).toBe(3_000)
  expect(planOf({ faults: [flapping('back', { down: '1s', up: '2s' })] }).planned.during).toBe(6_000)
})

test('a surge lasts until it can be told from chance', () => {
  // Six times the root of all that come, 110 a second, are 10 a second after 39.6 s.
  expect(planOf({ faults: [surge(key, { rate: 10, from: '1s' })] }).planned.during).toBe(40_600)
  expect(planOf({ faults: [surge(key, { rate: 1_000 })] }).planned.during).toBe(2_000)
})

test('what comes after the last fault is no response of "during", and a longer phase adds none', () => {
  const promises = { during: [share('broken').atMost(0.01)] }
  const planned = (faults: ScenarioDefinition['faults'], phases = {}) => {
    const { planned: lengths, needs } = planOf({ faults, promises, phases })
    return [lengths.during, needs[0]?.need?.responses]
  }
  expect(planned([down('back', { for: '1s' })])).toEqual([2_000, 100])
  expect(planned([down('back', { from: '500ms', for: '1s' })], { during: '3s' })).toEqual([3_000, 100])
  expect(planned([down('back', { from: '1s' })], { during: '3s' })).toEqual([3_000, 200])
  expect(planned([down('back', { from: '1s' })])).toEqual([8_155, 715])
})

test('what recovers needs the responses of what was promised before', () => {
  const need = planOf({
    phases: { after: '4s' },
    promises: { before: [share('full').atLeast(0.99)], after: [recovers({ within: '1s' })] },
  }).needs.find(({ phase }) => phase === 'after')
  expect(need).toMatchObject({ text: 'recovers within 1s', need: { responses: 400, needed: 586 } })
})

test('a phase is as long as its probes may take to hold', () => {
  const promise = eventually('it is fine', get('back', '/effects'), z.unknown(), { within: '4s' })
  expect(planOf({ promises: { after: [promise] } }).planned.after).toBe(4_500)
})

test('what is isolated has a before that is long enough to tell what was usual', () => {
  const { planned } = planOf({ promises: { during: [isolated(key)] } })
  expect(planned.before).toBeGreaterThan(0)
  expect(planned.before).toBe(planOf({ promises: { before: [latency('p95').atMost('1s')] } }).planned.before)
})

test('a phase is looked at again where more responses could decide a promise', () => {
  const phases = { before: '1s', during: '2s', after: '3s' } as const
  expect(
    planOf({
      phases,
      promises: { before: [none('broken')], during: [isolated(key)], after: [recovers({ within: '1s' })] },
    }).looks,
  ).toEqual({ before: [1_000], during: [2_000, 3_000, 4_000], after: [3_000, 4_500, 6_000] })
})

test('where a fault has its end, or the load its schedule, a phase is looked at once', () => {
  const promises = { before: [share('full').atLeast(0.5)], during: [share('full').atLeast(0.5)] }
  const looksOf = (faults: ScenarioDefinition['faults']) => {
    const { before, during } = planOf({ faults, promises }).looks
    return [before.length, during.length]
  }
  expect(looksOf([down('back', { from: '1s' })])).toEqual([3, 3])
  expect(looksOf([down('back'), kill('front', { for: '1s' })])).toEqual([3, 1])
  expect(looksOf([down('back'), surge(key, { rate: 10 })])).toEqual([1, 1])
})

test('the timeline: what goes makes room for what comes, and what came last goes first', () => {
  const { timeline } = planOf({
    phases: { during: '3s' },
    faults: [down('back', { for: '1s' }), kill('front', { from: '1s' }), delayed('back', '1s', { from: '500ms' })],
  })
  expect(timeline.map(({ atMs, what, fault }) => `${atMs} ${what} ${fault}`)).toEqual([
    '0 inject n.1',
    '500 inject n.3',
    '1000 undo n.1',
    '1000 inject n.2',
    '3000 undo n.3',
    '3000 undo n.2',
  ])
})

test('the load lasts for the longest looks, and for coming and going', () => {
  const { stages, settleMs } = planOf({
    phases: { before: '1s', during: '2s', after: '3s' },
    promises: { during: [share('full').atLeast(0.5)] },
  })
  expect(stages).toEqual([{ rate: 100, forMs: 1_000 + 4_000 + 3_000 + settleMs }])
})

test('a surge is a stage of the load, in which the others go on as before', () => {
  const { stages, settleMs } = planOf({
    load: { rate: 100, mix: { [key]: 3, [other]: 1 } },
    phases: { before: '1s', during: '4s', after: '2s' },
    faults: [
      surge('browser -> front / read', { rate: 50, from: '1s', for: '2s' }),
      surge(other, { rate: 10, from: '2s' }),
    ],
  })
  expect(stages).toEqual([
    { rate: 100, forMs: 2_000 },
    { rate: 150, forMs: 1_000, weights: { 0: 125, 1: 25 } },
    { rate: 160, forMs: 1_000, weights: { 0: 125, 1: 35 } },
    { rate: 110, forMs: 1_000, weights: { 0: 75, 1: 35 } },
    { rate: 100, forMs: 2_000 + settleMs },
  ])
})

test('a probe asks a service by its door and an instance itself; the schema stays behind', () => {
  const planned = planOf({
    promises: {
      during: [never('it is lost', get('front', '/lost'), z.unknown())],
      after: [eventually('all is well', get('back#2', '/well', { status: 404 }), z.unknown(), { within: '2s' })],
    },
  })
  expect(planned.probes).toEqual([
    { phase: 'during', label: 'it is lost', kind: 'never', url: `${door}/lost`, status: null, withinMs: null },
    {
      phase: 'after',
      label: 'all is well',
      kind: 'eventually',
      url: 'http://127.0.0.1:5/well',
      status: 404,
      withinMs: 2_000,
    },
  ])
  expect(planned.promises.after).toEqual([
    {
      kind: 'eventually',
      label: 'all is well',
      probe: { service: 'back#2', path: '/well', status: 404 },
      within: '2s',
    },
  ])
})

test('a lease lasts as long as the fault may, and as long as all instances take to come back, one by one', () => {
  const lease = (fault: ScenarioDefinition['faults'][number]) => {
    const planned = planOf({ phases: { during: '2s' }, faults: [fault] })
    return planned.faults[0] ? leaseMs(planned, planned.faults[0]) : 0
  }
  expect(lease(pause('back#1')) - lease(pause('back#1', { from: '500ms', for: '1s' }))).toBe(1_000)
  expect(lease(kill('back')) - lease(pause('back'))).toBe(20_000)
  expect(lease(restart('back'))).toBeGreaterThanOrEqual(lease(kill('back')) + 20_000)
})

test('a delay that is not shorter than what it meets is told', () => {
  expect(planOf({ faults: [delayed('back', '300ms')] }).warnings.join()).toContain('takes no stance on "back: slow"')
  const late = planOf({ faults: [delayed('back', '900ms', { as: 'unavailable' })] }).warnings.join()
  expect(late).toContain('is not shorter than the 800 ms')
  expect(planOf({ faults: [delayed('back', '700ms', { as: 'unavailable' })] }).warnings).toEqual([])
  expect(planOf({ faults: [delayed('back#1', '900ms')] }).warnings).toEqual([])
})
