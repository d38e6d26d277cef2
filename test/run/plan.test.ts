import { expect, test } from 'vitest'
import type { InteractionTerms } from '../../src/contract/terms.ts'
import { down, kill, one } from '../../src/fault/vocabulary.ts'
import { type PlanInput, makePlan } from '../../src/run/plan.ts'
import { defineScenario, type ScenarioDefinition } from '../../src/scenario/define.ts'
import { amplification, latency, recovers, share } from '../../src/scenario/promise.ts'
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
  ({ id, service: id.split('#')[0] as string, ...address(4), probe: { kind: 'tcp' } }) as PlannedInstance

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
    terms: { hash: 'h', interactions: [terms] },
    requests: new Map([[key, { method: 'GET', path: '/' }]]),
    scenarios: [{ file: 'f', name: 'n', definition }],
    doorOf: () => 'http://127.0.0.1:4',
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
  // 1 % takes 368 responses without a violation: 3.68 s at 100 a second, and half as much again.
  const { planned } = planOf({
    promises: {
      before: [share('full').atLeast(0.99)],
      during: [share('broken').atMost(0.5)],
      after: [recovers({ within: '3s' })],
    },
  })
  expect(planned).toEqual({ before: 5_520, during: 2_000, after: 3_000 + 5_520 })
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

test('one(…) is drawn by the seed, felt by nobody while another instance lives', () => {
  const drawn = Array.from({ length: 20 }, (_, seed) => planOf({ faults: [kill(one('back'))] }, seed).faults[0])
  expect(new Set(drawn.map((fault) => fault?.instance))).toEqual(new Set(['back#1', 'back#2']))
  expect(drawn.map((fault) => fault?.instance)).toEqual(
    drawn.map((_, seed) => planOf({ faults: [kill(one('back'))] }, seed).faults[0]?.instance),
  )
  expect(drawn.every((fault) => fault?.felt.length === 0 && fault.edges.length === 1)).toBe(true)
})

test('a fault on a dependency bites on every edge into it, and all who use it feel it', () => {
  expect(planOf({}).faults[0]).toMatchObject({
    edges: ['front → back#1', 'front → back#2'],
    felt: [{ consumer: 'front', dependency: 'back' }],
  })
})

test('losing every replica is a condition, by however many faults', () => {
  const both = planOf({ faults: [kill('back#1'), kill('back#2')] }).faults
  expect(both.map(({ felt }) => felt)).toEqual([
    [{ consumer: 'front', dependency: 'back' }],
    [{ consumer: 'front', dependency: 'back' }],
  ])
  expect(planOf({ faults: [kill('back#1')] }).faults[0]?.felt).toEqual([])
})
