import { guard, type Limits } from '../chassis/guard.ts'
import { Problem } from '../chassis/problem.ts'
import { createService } from '../chassis/service.ts'
import { albumsOf } from './albums.ts'
import { articles } from './articles.ts'
import { openBehind, urls } from './behind.ts'
import { askForComments, type Comment, guarded } from './comments.ts'
import { breakerStaysOpen } from './defects/breaker-stays-open.ts'
import { dropOnShutdown } from './defects/drops-on-shutdown.ts'
import { endlessRetries } from './defects/endless-retries.ts'
import { inMemorySessions } from './defects/in-memory-sessions.ts'
import { leakUpstreamError } from './defects/leaks-upstream-error.ts'
import { proxyUnknownPaths } from './defects/proxies-unknown-paths.ts'
import { sharedPool } from './defects/shared-pool.ts'
import { placeOrders } from './orders.ts'
import { uploadPictures } from './pictures.ts'
import { sessionsOf } from './sessions.ts'

const { app, has, listen } = createService('storefront', {
  defects: [
    'comments-required',
    'no-timeout',
    'wrong-fallback',
    'endless-retries',
    'in-memory-sessions',
    'shared-pool',
    'breaker-stays-open',
    'leaks-upstream-error',
    'proxies-unknown-paths',
    'drops-on-shutdown',
  ],
})

const behind = openBehind({
  guard: has('shared-pool')
    ? sharedPool()
    : has('breaker-stays-open')
      ? breakerStaysOpen
      : (limits: Limits) => guard(limits),
  say: has('leaks-upstream-error') ? leakUpstreamError : (sorry) => sorry,
})

const ask = askForComments(behind.comments.call)
const readComments = has('no-timeout')
  ? ask
  : has('endless-retries')
    ? endlessRetries(ask)
    : guarded(ask, behind.comments.guard)
const auth = sessionsOf(behind.auth)
const sessions = has('in-memory-sessions') ? inMemorySessions(auth) : auth
const showAlbum = albumsOf(behind.catalog)

app.get<{ Params: { id: string } }>('/articles/:id', async (request, reply) => {
  const article = articles.get(request.params.id)
  if (!article) throw new Problem(404, 'No such article.')
  let comments: Comment[]
  try {
    comments = await readComments(request, request.params.id)
  } catch (error) {
    request.log.info({ reason: (error as Error).message }, 'the page goes without its comments')
    if (has('comments-required')) throw error
    if (has('wrong-fallback')) return { ...article, comments: [] }
    void reply.header('x-degraded', 'comments')
    return { ...article, comments: [], commentsUnavailable: true }
  }
  return { ...article, comments }
})

app.post('/login', (request) => sessions.logIn(request))

app.get('/me', async (request) => {
  const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (token === undefined) throw new Problem(401, 'Log in first.')
  return { user: await sessions.whoIs(request, token) }
})

app.get<{ Params: { id: string } }>('/albums/:id', (request) => showAlbum(request, request.params.id))

app.post('/orders', placeOrders(behind.orders))

app.post('/pictures', uploadPictures(behind.imaging))

if (has('proxies-unknown-paths')) proxyUnknownPaths(app, urls)
if (has('drops-on-shutdown')) dropOnShutdown(app)

await listen(behind.health)
