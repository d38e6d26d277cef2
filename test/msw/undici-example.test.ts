import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import contract from '../../contracts/storefront--auth.contract.ts'
import { callsTo } from '../../services/chassis/call.ts'
import { breaker, guard } from '../../services/chassis/guard.ts'
import { background } from '../../services/chassis/trace.ts'
import { failsThenWorks, intercept, type Interception, mockService, networkError } from '../../src/msw/api.ts'

const auth = mockService(contract, { baseUrl: 'http://auth.test' })
let interception: Interception
beforeAll(async () => void (interception = await intercept([auth])))
afterEach(() => auth.reset())
afterAll(() => interception.end())

test('the breaker opens after five failures, and closes again', async () => {
  const call = callsTo('http://auth.test')
  const guarded = guard({ limitMs: 400, atOnce: 8 }, breaker({ halfOpenAfterMs: 100 }))
  const lookUp = () => guarded.execute(({ signal }) => call(background(), { path: '/sessions/a-token' }, signal))

  auth.next('look a session up', failsThenWorks(5, networkError()))
  for (let i = 0; i < 7; i++) await expect(lookUp()).rejects.toThrow(i < 5 ? 'Network error' : 'circuit')
  expect(auth.requests['look a session up']).toHaveLength(5)

  await expect.poll(lookUp, { timeout: 5_000 }).toMatchObject({ status: 200 })
  expect(guarded.health).toBe('up')
})
