import { randomBytes } from 'node:crypto'
import { required } from '../chassis/environment.ts'
import { Problem } from '../chassis/problem.ts'
import { openRedis } from '../chassis/redis.ts'
import { createService } from '../chassis/service.ts'
import { isCustomer } from './customers.ts'
import { awaitsRedis } from './defects/awaits-redis.ts'
import { Sessions } from './sessions.ts'

const { app, has, listen } = createService('auth', { defects: ['awaits-redis'] })

const host = required('REDIS_HOST')
const port = Number(required('REDIS_PORT'))
const redis = openRedis({ host, port, limitMs: 200, log: app.log })
const sessions = new Sessions(redis, app.log)
const keeper = has('awaits-redis') ? awaitsRedis(host, port, app.log) : sessions

app.post<{ Body: { user?: unknown; password?: unknown } | null }>('/login', async ({ body }) => {
  const { user, password } = body ?? {}
  if (typeof user !== 'string' || typeof password !== 'string')
    throw new Problem(400, 'A login needs a user and a password.')
  if (!isCustomer(user, password)) throw new Problem(401, 'User and password do not match.')
  const token = randomBytes(18).toString('base64url')
  return { token, user, session: await keeper.keep(token, user) }
})

app.get<{ Params: { token: string } }>('/sessions/:token', async ({ params }) => {
  const user = await sessions.find(params.token).catch((cause: unknown) => {
    throw new Problem(503, 'Sessions cannot be looked up right now.', { retryAfter: 1, cause })
  })
  if (user === null) throw new Problem(404, 'No such session.')
  return { user }
})

app.addHook('onClose', async () => {
  await sessions.close()
  keeper.close()
  redis.close()
})

app.get('/effects', () => ({ unwritten: sessions.unwritten }))

await listen(() => ({ redis: redis.health }))
