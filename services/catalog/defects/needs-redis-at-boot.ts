import { setTimeout as sleep } from 'node:timers/promises'
import type { GuardedRedis } from '../../chassis/redis.ts'

/** Defect: the door stays closed until Redis answers, though nothing behind it needs Redis. */
export async function awaitRedis(redis: GuardedRedis): Promise<void> {
  while (redis.health === 'down') await sleep(100)
}
