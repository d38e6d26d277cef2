import { expect, test } from 'vitest'
import { EarlyEvents } from '../../src/core/early-events.ts'

test('an event goes to all who listen to its name', () => {
  const heard: unknown[] = []
  const events = new EarlyEvents()
  events.on('tick', (data) => heard.push(['a', data]))
  events.on('tick', (data) => heard.push(['b', data]))
  events.on('tock', (data) => heard.push(['c', data]))
  events.emit('tick', 1)
  expect(heard).toEqual([
    ['a', 1],
    ['b', 1],
  ])
})

test('what was told before anyone listened goes to the first listener, in order and once', () => {
  const events = new EarlyEvents()
  for (const number of [1, 2]) events.emit('tick', number)
  events.emit('tock', 3)
  const [first, second]: [unknown[], unknown[]] = [[], []]
  events.on('tick', (data) => first.push(data))
  events.on('tick', (data) => second.push(data))
  expect(first).toEqual([1, 2])
  expect(second).toEqual([])
})

test('a flood that nobody listens to does not fill the memory', () => {
  const events = new EarlyEvents()
  for (let number = 0; number < 1_000; number++) events.emit('tick', number)
  const heard: unknown[] = []
  events.on('tick', (data) => heard.push(data))
  expect(heard).toHaveLength(100)
})
