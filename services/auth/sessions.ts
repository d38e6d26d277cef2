import type { FastifyBaseLogger } from 'fastify'
import type { GuardedRedis } from '../chassis/redis.ts'

const budgetMs = 150
const retryMs = 250
const mostAtOnce = 200
const mostUnwritten = 10_000
const livesForSeconds = 3_600

/**
 * Sessions live in Redis, and here until Redis has confirmed them. A login waits for the confirmation as long as its
 * budget allows; what is not written by then is written later, when Redis is back. What still waits when the process dies is
 * lost.
 */
export class Sessions {
  readonly #redis: GuardedRedis
  readonly #log: FastifyBaseLogger
  /** Token → user, oldest first. */
  readonly #unwritten = new Map<string, string>()
  readonly #underWay = new Set<string>()
  readonly #retries: NodeJS.Timeout

  constructor(redis: GuardedRedis, log: FastifyBaseLogger) {
    this.#redis = redis
    this.#log = log
    this.#retries = setInterval(() => void this.#catchUp(), retryMs)
  }

  async keep(token: string, user: string): Promise<'stored' | 'deferred'> {
    this.#unwritten.set(token, user)
    this.#forgetOldest()
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<'deferred'>((resolve) => {
      timer = setTimeout(resolve, budgetMs, 'deferred')
    })
    const written = this.#write(token, user).then((done) => (done ? 'stored' : 'deferred'))
    return Promise.race([written, patience]).finally(() => clearTimeout(timer))
  }

  /** The user, or `null` for a token nobody has. Rejects when Redis cannot be asked. */
  async find(token: string): Promise<string | null> {
    return this.#unwritten.get(token) ?? this.#redis.ask((redis) => redis.get(key(token)))
  }

  /** How many sessions Redis does not have yet. */
  get unwritten(): number {
    return this.#unwritten.size
  }

  /** Resolves when what waits had a last try, if Redis is there. */
  async close(): Promise<void> {
    clearInterval(this.#retries)
    const waiting = [...this.#unwritten]
    while (waiting.length > 0 && this.#redis.health === 'up') await this.#writeAll(waiting.splice(0, mostAtOnce))
  }

  async #write(token: string, user: string): Promise<boolean> {
    this.#underWay.add(token)
    try {
      await this.#redis.ask((redis) => redis.set(key(token), user, 'EX', livesForSeconds))
      this.#unwritten.delete(token)
      return true
    } catch {
      return false
    } finally {
      this.#underWay.delete(token)
    }
  }

  /** Writes what waits, when Redis is back. */
  async #catchUp(): Promise<void> {
    if (this.#redis.health === 'down') return
    const waiting = [...this.#unwritten].filter(([token]) => !this.#underWay.has(token)).slice(0, mostAtOnce)
    if (waiting.length > 0) await this.#writeAll(waiting)
  }

  async #writeAll(sessions: readonly [token: string, user: string][]): Promise<void> {
    const written = await Promise.all(sessions.map(([token, user]) => this.#write(token, user)))
    this.#log.info({ written: written.filter(Boolean).length, unwritten: this.#unwritten.size }, 'caught up')
  }

  #forgetOldest(): void {
    if (this.#unwritten.size <= mostUnwritten) return
    for (const token of this.#unwritten.keys()) {
      this.#unwritten.delete(token)
      this.#log.error('a session was given up: too many wait for redis')
      return
    }
  }
}

function key(token: string): string {
  return `session:${token}`
}
