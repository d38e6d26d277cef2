import { callsTo } from '../chassis/call.ts'
import { required } from '../chassis/environment.ts'
import { Problem } from '../chassis/problem.ts'
import { createService } from '../chassis/service.ts'
import { articles } from './articles.ts'
import { askForComments, type Comment, guarded } from './comments.ts'
import { endlessRetries } from './defects/endless-retries.ts'
import { inMemorySessions } from './defects/in-memory-sessions.ts'
import { sessionsOf } from './sessions.ts'

const { app, has, listen } = createService('storefront', {
  defects: ['comments-required', 'no-timeout', 'wrong-fallback', 'endless-retries', 'in-memory-sessions'],
})

const ask = askForComments(callsTo(required('COMMENTS_URL')))
const readComments = has('no-timeout') ? ask : has('endless-retries') ? endlessRetries(ask) : guarded(ask)

const auth = sessionsOf(callsTo(required('AUTH_URL')))
const sessions = has('in-memory-sessions') ? inMemorySessions(auth) : auth

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

await listen()
