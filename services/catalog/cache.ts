import type { GuardedRedis } from '../chassis/redis.ts'

const livesForMs = 2_000

/** Albums in Redis. They die at slightly different times, so that they are not all read again at once. */
export function cacheIn(redis: GuardedRedis) {
  return {
    /** The album as JSON text, `null` when it is not here. Rejects when the cache cannot be asked. */
    find: (id: number) => redis.ask((commands) => commands.get(key(id))),
    put: (id: number, album: string) =>
      redis.ask((commands) => commands.set(key(id), album, 'PX', Math.round(livesForMs * (1 + Math.random() / 4)))),
  }
}

function key(id: number): string {
  return `album:${id}`
}
