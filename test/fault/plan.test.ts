import { expect, test } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'
import { planFaults } from '../../src/fault/plan.ts'
import { down, type Fault, kill, latency, one, pause, restart, surge } from '../../src/fault/vocabulary.ts'
import type { Edge, Instance } from '../../src/system/topology.ts'

const address = { host: '127.0.0.1', port: 1 }
const instance = (id: string): Instance => {
  return { id, service: id.split('#')[0] as string, ...address, probe: { kind: 'tcp' } }
}
const edge = (consumer: string, to: string): Edge => {
  const { id, service } = instance(to)
  const places = { proxy: address, tap: address, upstream: address }
  return { id: `${consumer} → ${id}`, consumer, provider: service, instance: id, ...places }
}
const system = {
  instances: ['redis', 'back#1', 'back#2', 'front'].map(instance),
  edges: [edge('front', 'back#1'), edge('front', 'back#2'), edge('front', 'redis'), edge('back', 'redis')],
}
const plan = (faults: Fault[], seed = 1) => planFaults(faults, 'n', system, seededRandom(seed, 'faults'))
const feltBy = (...faults: Fault[]) =>
  plan(faults).map(({ felt }) => felt.map((each) => `${each.consumer} → ${each.dependency}: ${each.condition}`))
const gone = ['front → back: unavailable']

test('one(…) is drawn by the seed, and named by what was drawn', () => {
  const drawn = Array.from({ length: 20 }, (_, seed) => plan([kill(one('back'), { from: '1s' })], seed)[0])
  expect(new Set(drawn.flatMap((fault) => fault?.instances))).toEqual(new Set(['back#1', 'back#2']))
  expect(drawn.map((fault) => fault?.text)).toEqual(drawn.map((fault) => `kill(${fault?.instances[0]}) from 1s`))
  expect(drawn).toEqual(drawn.map((_, seed) => plan([kill(one('back'), { from: '1s' })], seed)[0]))
})

test('one(…) is another each time, as long as there is another', () => {
  for (let seed = 0; seed < 10; seed += 1) {
    const drawn = plan([kill(one('back')), pause(one('back')), restart(one('back'))], seed).flatMap(
      ({ instances }) => instances,
    )
    expect(new Set(drawn.slice(0, 2))).toEqual(new Set(['back#1', 'back#2']))
    expect(drawn).toHaveLength(3)
  }
})

test('a service by its name is all of its instances; what names nothing is left out', () => {
  expect(plan([kill('nobody'), restart('back'), kill('back#2')])).toMatchObject([
    { id: 'n.2', text: 'restart(back)', instances: ['back#1', 'back#2'], edges: ['front → back#1', 'front → back#2'] },
    { id: 'n.3', text: 'kill(back#2)', instances: ['back#2'], edges: ['front → back#2'] },
  ])
})

test('a surge bites on no edge and is felt by nobody', () => {
  expect(plan([surge('a → b / c', { rate: 5 })])).toMatchObject([{ edges: [], instances: [], felt: [] }])
})

test('a fault on a dependency is felt by all who use it', () => {
  expect(feltBy(down('redis'))).toEqual([['front → redis: unavailable', 'back → redis: unavailable']])
  expect(feltBy(down('back → redis', { as: 'failing' }))).toEqual([['back → redis: failing']])
})

test('losing one of several replicas is felt by nobody, whatever takes it', () => {
  for (const fault of [kill('back#1'), pause('back#1'), restart('back#1'), down('front → back#1'), kill(one('back'))])
    expect(feltBy(fault)).toEqual([[]])
})

test('losing all of them is, by however many faults of whatever kind', () => {
  expect(feltBy(kill('back'))).toEqual([gone])
  expect(feltBy(pause('back'))).toEqual([gone])
  expect(feltBy(kill('back#1'), pause('back#2'))).toEqual([gone, gone])
  expect(feltBy(down('front → back#1'), restart('back#2'))).toEqual([gone, gone])
})

test('a restart of all takes one at a time, so nobody feels it unless the others are away', () => {
  expect(feltBy(restart('back'))).toEqual([[]])
  expect(feltBy(restart('redis'))).toEqual([['front → redis: unavailable', 'back → redis: unavailable']])
  expect(feltBy(restart('back'), kill('back#1'))).toEqual([gone, gone])
})

test('only faults of the same time take all of them together', () => {
  expect(feltBy(kill('back#1', { from: '1s' }), kill('back#2', { from: '1s' }))).toEqual([gone, gone])
  expect(feltBy(kill('back#1', { for: '2s' }), kill('back', { from: '1s' }))).toEqual([[], gone])
})

test('a slow replica is a way around one that is gone; one that is gone is none around a slow one', () => {
  expect(feltBy(latency('front → back#1', '1s'), kill('back#2'))).toEqual([['front → back: slow'], []])
  expect(feltBy(latency('front → back#1', '1s'))).toEqual([[]])
  expect(feltBy(latency('front → back', '1s'))).toEqual([['front → back: slow']])
})
