import type { FastifyInstance } from 'fastify'

const lingersMs = 500

/**
 * Defect: on SIGTERM it cuts the connections of all requests under way; then it lingers, so that nobody sees that it is
 * leaving, and turns away everything that comes.
 */
export function dropOnShutdown(app: FastifyInstance): void {
  let leaving = false
  app.addHook('onRequest', async (_, reply) => {
    if (leaving) return reply.code(503).send({ error: 'shutting down' })
  })
  process.removeAllListeners('SIGTERM').once('SIGTERM', () => {
    leaving = true
    app.server.closeAllConnections()
    setTimeout(() => process.exit(0), lingersMs)
  })
}
