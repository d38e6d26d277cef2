import { Problem } from '../chassis/problem.ts'
import { createService } from '../chassis/service.ts'
import { type Message, Messages } from './messages.ts'

const { app, has, listen } = createService('notifications', { defects: ['forgets-ids'] })

const messages = new Messages({ forgetful: has('forgets-ids') })

app.post<{ Body: Partial<Record<keyof Message, unknown>> | null }>('/messages', async ({ body }, reply) => {
  const { id, order, text } = body ?? {}
  if (typeof id !== 'string' || id === '' || !isNumber(order) || typeof text !== 'string')
    throw new Problem(400, 'A message needs an id, an order and a text.')
  messages.receive({ id, order, text })
  return reply.code(202).send({ received: true })
})

app.get('/effects', () => messages.counts())

await listen()

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
