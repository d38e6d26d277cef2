import { defineContract, reduced, refused } from 'brownout'
import { z } from 'zod'
import { customers } from './customers.ts'

const Login = z.object({ token: z.string().min(16), user: z.string().min(1), session: z.literal('stored') })
const LoginNotStoredYet = Login.extend({ session: z.literal('deferred') })

/** The storefront hangs up after 400 ms. */
const comeBackLater = refused({ status: 503, retryAfter: true, problem: true, within: '400ms' })

export default defineContract({
  consumer: 'storefront',
  provider: 'auth',
  // Problem details need not repeat their status.
  pact: { mayOmit: ['optional fields'] },
  interactions: {
    'log in': {
      request: { method: 'POST', path: '/login', body: { user: '{user}', password: '{password}' } },
      parameters: customers[0],
      rows: customers,
      response: { status: 200, body: Login, within: '400ms' },
      degraded: {
        'redis: unavailable': reduced({ body: LoginNotStoredYet, within: '400ms' }),
        'redis: slow': reduced({ body: LoginNotStoredYet, within: '400ms' }),
      },
      recovers: '3s',
    },

    'look a session up': {
      given: 'a customer is logged in',
      request: { method: 'GET', path: '/sessions/{token}' },
      response: { status: 200, body: z.object({ user: z.string().min(1) }), within: '400ms' },
      degraded: {
        'redis: unavailable': comeBackLater,
        'redis: slow': comeBackLater,
      },
      recovers: '3s',
    },
  },
})
