import type { GuardedRedis } from '../chassis/redis.ts'
import { isAlbum } from './albums.ts'

const livesForMs = 2_000

/** Albums in Redis. They die at slightly different times, so that they are not all read again at once. */
export function cacheIn(redis: GuardedRedis) {
  return {
    /** The album as JSON text, `null` when it is not here, or something else is. Rejects when the cache cannot be asked. */
    async find(id: number): Promise<string | null> {
      const found = await redis.ask((commands) => commands.get(key(id)))
      return found !== null && holds(found, id) ? found : null
    },
    put: (id: number, album: string) =>
      redis.ask((commands) => commands.set(key(id), album, 'PX', Math.round(livesForMs * (1 + Math.random() / 4)))),
  }
}

function holds(text: string, id: number): boolean {
  try {
    return isAlbum(JSON.parse(text), id)
  } catch {
    return false
  }
}

function key(id: number): string {
  return `album:${id}`
}
