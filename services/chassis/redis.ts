import type { FastifyBaseLogger } from 'fastify'
import { Redis } from 'ioredis'
import { guard } from './guard.ts'

const lookMs = 250

/** Redis, asked only for what may fail. */
export interface GuardedRedis {
  /** Rejects at once when Redis is known to be away, else after `limitMs` at the latest. */
  ask<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result>
  readonly health: 'up' | 'down'
  close(): void
}

export interface RedisOptions {
  host: string
  port: number
  limitMs: number
  log: FastifyBaseLogger
}

/**
 * Every time-out is set on purpose; the defaults of ioredis wait for ever on a connection that has gone silent. The two
 * on commands belong together: `commandTimeout` gives up a command and keeps the dead connection, `socketTimeout` ends it.
 */
export function openRedis({ host, port, limitMs, log }: RedisOptions): GuardedRedis {
  const redis = new Redis({
    host,
    port,
    connectTimeout: 300,
    commandTimeout: limitMs,
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

  const policy = guard({ limitMs, atOnce: 256 })
  const guarded: GuardedRedis = {
    ask: (command) => policy.execute(() => command(redis)),
    get health() {
      return redis.status === 'ready' ? policy.health : 'down'
    },
    close() {
      clearInterval(looks)
      redis.disconnect()
    },
  }
  // Tries it off the critical path, so that the breaker closes without a customer's help.
  const looks = setInterval(() => {
    if (redis.status === 'ready' && policy.health === 'down') guarded.ask(() => redis.ping()).catch(() => undefined)
  }, lookMs)
  return guarded
}
