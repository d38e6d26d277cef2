import { fastify, type FastifyInstance, LogController } from 'fastify'
import { endOnSignals } from './ending.ts'
import { environment, readDefects } from './environment.ts'
import { asProblem, Problem, sendProblem } from './problem.ts'
import { requestIdFrom, traceFrom } from './trace.ts'

/** What every service of the shop has. */
export interface Service<Defect extends string> {
  app: FastifyInstance
  /** Whether a defect is switched on. */
  has(defect: Defect): boolean
  /** Adds `/healthz`, which says what `dependencies` says and for how long this process has listened, and opens the door. */
  listen(dependencies?: () => Record<string, 'up' | 'down'>): Promise<void>
}

export function createService<Defect extends string = never>(
  name: string,
  { defects = [] }: { defects?: readonly Defect[] } = {},
): Service<Defect> {
  const has = readDefects(defects)
  const instance = environment.instance ?? name
  const app = fastify({
    logger: { base: { service: name, instance } },
    genReqId: (request) => requestIdFrom(request.headers['x-request-id']),
    logController: new LogController({ requestIdLogLabel: 'requestId', disableRequestLogging: true }),
    requestTimeout: 5_000,
    return503OnClosing: false,
    // A request that fits no router (a broken URL) comes here, before any hook.
    frameworkErrors: (error, _, reply) => void sendProblem(reply, asProblem(error)),
  })

  app.decorateRequest('trace')
  app.addHook('onRequest', async (request, reply) => {
    request.trace = traceFrom(request.headers.traceparent)
    void reply.header('x-request-id', request.id)
  })
  // The route, not the URL: a URL may hold a session's token.
  app.addHook('onResponse', async (request, reply) => {
    const { method, trace, routeOptions } = request
    const line = { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    request.log.info({ ...line, traceId: trace.traceId }, 'answered')
  })
  app.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error)
    if (problem.status >= 500) request.log.warn({ err: problem.cause ?? problem }, problem.message)
    return sendProblem(reply, problem)
  })
  app.setNotFoundHandler((_, reply) => sendProblem(reply, new Problem(404, 'There is nothing here.')))

  endOnSignals(app)

  return {
    app,
    has,
    async listen(dependencies = () => ({})) {
      const openedAt = performance.now()
      const upMs = () => Math.round(performance.now() - openedAt)
      app.get('/healthz', { logLevel: 'warn' }, () => ({
        status: 'ok',
        instance,
        upMs: upMs(),
        dependencies: dependencies(),
      }))
      await app.listen({ host: environment.host, port: environment.port })
    },
  }
}
