import type { FastifyInstance } from 'fastify'

const drainMs = 300
const lookMs = 50
const closingMs = 2_000

/**
 * On SIGTERM and SIGINT a service leaves as a guest does: it says goodbye first. For a moment it still answers, each answer
 * with `connection: close`, so that its callers go elsewhere; then it closes, with what is under way, and exits with 0.
 * With 1 when all that takes over two seconds.
 */
export function endOnSignals(app: FastifyInstance): void {
  let leaving = false
  app.addHook('onSend', (_, reply, payload, done) => {
    if (leaving) void reply.header('connection', 'close')
    done(null, payload)
  })

  const leave = async (signal: string) => {
    app.log.info({ signal }, 'closing')
    leaving = true
    setTimeout(() => process.exit(1), closingMs).unref()
    await drained(app)
    await app.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void leave(signal))
}

/** Resolves when nobody is connected any more, after 300 ms at the latest. */
function drained({ server }: FastifyInstance): Promise<void> {
  const endAt = performance.now() + drainMs
  return new Promise((resolve) => {
    const look = () =>
      server.getConnections((error, open) => {
        if (error || open === 0 || performance.now() >= endAt) resolve()
        else setTimeout(look, lookMs)
      })
    look()
  })
}
