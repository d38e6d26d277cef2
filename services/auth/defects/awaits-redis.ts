import type { FastifyBaseLogger } from 'fastify'
import { Redis } from 'ioredis'

/**
 * Defect: login awaits the write with all the patience ioredis has. Commands queue while Redis is away, are retried
 * without end, and never time out; so a login takes as long as Redis is gone.
 */
export function awaitsRedis(host: string, port: number, log: FastifyBaseLogger) {
  const redis = new Redis({ host, port, maxRetriesPerRequest: null })
  redis.on('error', (error) => log.debug({ err: error }, 'redis is away'))
  return {
    async keep(token: string, user: string): Promise<'stored'> {
      await redis.set(`session:${token}`, user, 'EX', 3_600)
      return 'stored'
    },
    close: () => redis.disconnect(),
  }
}
