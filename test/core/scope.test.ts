import { expect, test } from 'vitest'
import { Scope } from '../../src/core/scope.ts'

test('what is held is undone in reverse order, one after the other', async () => {
  const undone: string[] = []
  const scope = new Scope()
  scope.hold('first', () => void undone.push('first'))
  scope.hold('second', async () => {
    await Promise.resolve()
    undone.push('second')
  })
  scope.hold('third', () => void undone.push('third'))
  expect(await scope.close()).toEqual([])
  expect(undone).toEqual(['third', 'second', 'first'])
})

test('one that throws, rejects or hangs is reported and keeps no other from being undone', async () => {
  const undone: string[] = []
  const scope = new Scope()
  scope.hold('first', () => void undone.push('first'))
  scope.hold('throws', () => {
    throw new Error('broken')
  })
  scope.hold('rejects', () => Promise.reject(new Error('refused')))
  scope.hold('hangs', () => new Promise(() => undefined), 20)
  expect(await scope.close()).toEqual([
    { what: 'hangs', why: 'not done in 20 ms' },
    { what: 'rejects', why: 'refused' },
    { what: 'throws', why: 'broken' },
  ])
  expect(undone).toEqual(['first'])
})

test('closing again undoes nothing twice and tells the same', async () => {
  let times = 0
  const scope = new Scope()
  scope.hold('fails', () => {
    times++
    throw new Error('broken')
  })
  const [first, second] = await Promise.all([scope.close(), scope.close()])
  expect(second).toEqual(first)
  expect(await scope.close()).toEqual([{ what: 'fails', why: 'broken' }])
  expect(times).toBe(1)
})

test('what is held while the scope closes, or later, is undone too', async () => {
  const undone: string[] = []
  const scope = new Scope()
  scope.hold('starter', () => {
    undone.push('starter')
    scope.hold('meanwhile', () => void undone.push('meanwhile'))
  })
  await scope.close()
  scope.hold('late', () => {
    undone.push('late')
    throw new Error('broken')
  })
  expect(await scope.close()).toEqual([{ what: 'late', why: 'broken' }])
  expect(undone).toEqual(['starter', 'meanwhile', 'late'])
})
