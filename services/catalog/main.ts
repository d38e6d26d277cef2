import { required } from '../chassis/environment.ts'
import { Problem } from '../chassis/problem.ts'
import { openRedis } from '../chassis/redis.ts'
import { createService } from '../chassis/service.ts'
import { cacheIn } from './cache.ts'
import { awaitRedis } from './defects/needs-redis-at-boot.ts'
import { singleFlight } from './single-flight.ts'
import { Store } from './store.ts'

const { app, has, listen } = createService('catalog', {
  defects: ['cache-required', 'stampede', 'needs-redis-at-boot', 'health-lies'],
})

const redis = openRedis({
  host: required('REDIS_HOST'),
  port: Number(required('REDIS_PORT')),
  // Longer is better spent at the store.
  limitMs: 50,
  log: app.log,
})
const cache = cacheIn(redis)
const store = new Store()

async function readAndKeep(id: number): Promise<string> {
  const album = await store.read(id)
  // Nobody waits for it: the next one may find it, or read it again.
  cache.put(id, album).catch(() => undefined)
  return album
}
const fromStore = has('stampede') ? readAndKeep : singleFlight(readAndKeep)

function comeBackLater(cause: unknown): never {
  throw new Problem(503, 'Albums cannot be looked at right now.', { retryAfter: 1, cause })
}

app.get<{ Params: { id: string } }>('/albums/:id(^\\d{1,9}$)', async ({ params }, reply) => {
  const id = Number(params.id)
  if (!store.has(id)) throw new Problem(404, 'No such album.')
  // Defect cache-required: a cache that cannot be asked is taken for a shop that is closed.
  const cached = await cache.find(id).catch(has('cache-required') ? comeBackLater : () => null)
  const album = cached ?? (await fromStore(id).catch(comeBackLater))
  return reply.type('application/json').send(album)
})

app.get('/effects', () => store.counts)

app.addHook('onClose', () => redis.close())

if (has('needs-redis-at-boot')) await awaitRedis(redis)
await listen(() => ({ redis: has('health-lies') ? 'up' : redis.health }))
