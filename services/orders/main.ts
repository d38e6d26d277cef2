import { callsTo } from '../chassis/call.ts'
import { required } from '../chassis/environment.ts'
import { breaker, guard } from '../chassis/guard.ts'
import { Problem } from '../chassis/problem.ts'
import { createService } from '../chassis/service.ts'
import { commitsAfterReply } from './defects/commits-after-reply.ts'
import { notIdempotent } from './defects/not-idempotent.ts'
import { notifiesInline } from './defects/notifies-inline.ts'
import { Dispatcher } from './dispatcher.ts'
import { effectsOf } from './effects.ts'
import { Jobs } from './jobs.ts'
import { Orders } from './orders.ts'
import { Outbox } from './outbox.ts'
import { readClaim, readCompletion, readWish } from './read.ts'
import { openStore } from './store.ts'

const { app, has, listen } = createService('orders', {
  defects: ['not-idempotent', 'notifies-inline', 'commits-after-reply'],
})

const store = openStore({ keysAreUnique: !has('not-idempotent') })
const orders = new Orders(store)
const jobs = new Jobs(store)
const place = has('not-idempotent')
  ? notIdempotent(orders)
  : has('commits-after-reply')
    ? commitsAfterReply(orders)
    : orders.place
const untilNotified = has('notifies-inline') ? notifiesInline(store) : undefined

app.post('/orders', async ({ headers, body }, reply) => {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || key === '') throw new Problem(400, 'An order needs an idempotency-key.')
  const wish = readWish(body)
  const { order, known } = place(key, wish)
  // Else a customer would be told that something was ordered which was not.
  if (known && (order.album !== wish.album || order.copies !== wish.copies))
    throw new Problem(422, 'This idempotency-key belongs to an order of something else.')
  await untilNotified?.(order.order)
  return reply.code(known ? 200 : 201).send({ ...order, status: 'accepted' })
})

// Polled all the time: only what is out of order is worth a line in the log.
app.post('/jobs/claim', { logLevel: 'warn' }, ({ body }) => ({ job: jobs.claim(readClaim(body).worker) }))

app.post<{ Params: { id: string } }>('/jobs/:id(^\\d{1,9}$)/completion', ({ params, body }) => {
  const { lease, image } = readCompletion(body)
  return accept(jobs.complete(Number(params.id), lease, image))
})

app.post<{ Params: { id: string } }>('/jobs/:id(^\\d{1,9}$)/image', ({ params, body }) => {
  const { lease, image } = readCompletion(body)
  if (image === null) throw new Problem(400, 'An image is missing.')
  return accept(jobs.addImage(Number(params.id), lease, image))
})

function accept(accepted: boolean) {
  if (!accepted) throw new Problem(409, 'This job is done, or somebody else has it.')
  return { accepted }
}

app.get('/effects', effectsOf(store))

// A message that waits half a second longer is no harm; a backlog that does is.
const notifications = guard({ limitMs: 300, atOnce: 16 }, breaker({ halfOpenAfterMs: 500 }))
const messages = new Dispatcher({
  outbox: new Outbox(store),
  call: callsTo(required('NOTIFICATIONS_URL')),
  guard: notifications,
  log: app.log,
})
app.addHook('onClose', () => messages.close())

await listen(() => ({ notifications: notifications.health }))
