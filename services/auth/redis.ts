import { CircuitState } from 'cockatiel'
import type { FastifyBaseLogger } from 'fastify'
import { Redis } from 'ioredis'
import { breaker } from '../chassis/guard.ts'

/** Redis, asked only for what may fail. */
export interface GuardedRedis {
  /** Rejects at once when Redis is known to be away, else after 200 ms at the latest. */
  ask<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result>
  readonly isUp: boolean
  close(): void
}

/**
 * Every time-out is set on purpose; the defaults of ioredis wait for ever on a connection that has gone silent. The two
 * on commands belong together: `commandTimeout` gives up a command and keeps the dead connection, `socketTimeout` ends it.
 */
export function openRedis(host: string, port: number, log: FastifyBaseLogger): GuardedRedis {
  const redis = new Redis({
    host,
    port,
    connectTimeout: 300,
    commandTimeout: 200,
    socketTimeout: 400,
    retryStrategy: () => 50 + Math.random() * 200,
    // A command is sent now or not at all: one that waits in a queue, or is sent again, is written behind our back.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  })
  let away = false
  redis.on('ready', () => {
    away = false
    log.info('redis is there')
  })
  redis.on('error', (error) => {
    if (!away) log.warn({ err: error }, 'redis is away')
    away = true
  })

  const policy = breaker()
  return {
    ask: (command) => policy.execute(() => command(redis)),
    get isUp() {
      return redis.status === 'ready' && policy.state === CircuitState.Closed
    },
    close: () => redis.disconnect(),
  }
}
