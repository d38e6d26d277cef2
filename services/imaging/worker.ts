import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Job, Jobs } from './jobs.ts'
import type { Print } from './printing.ts'

const atOnce = 2
const idleMs = 50
const awayMs = 500

export interface WorkerOptions {
  jobs: Jobs
  print: Print
  log: FastifyBaseLogger
}

/** Claims jobs and has them printed, two at a time, for ever: a job that fails is left to its lease. */
export class Worker {
  readonly #options: WorkerOptions
  readonly #underWay = new Set<Promise<void>>()
  readonly #running: Promise<void>
  #claimed = 0
  #orders: 'up' | 'down' = 'up'
  #pauseMs = idleMs
  #closed = false

  constructor(options: WorkerOptions) {
    this.#options = options
    this.#running = this.#run()
  }

  get claimed(): number {
    return this.#claimed
  }

  /** As the last claim felt orders; `up` before the first. */
  get orders(): 'up' | 'down' {
    return this.#orders
  }

  /** Resolves when the jobs under way are done. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#running
    await Promise.all(this.#underWay)
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      const job = await this.#claim()
      if (job) this.#start(job)
      else await sleep(this.#pauseMs)
      if (this.#underWay.size === atOnce) await Promise.race(this.#underWay)
    }
  }

  async #claim(): Promise<Job | null> {
    try {
      const job = await this.#options.jobs.claim()
      if (this.#orders === 'down') this.#options.log.info('orders is there again')
      this.#orders = 'up'
      this.#pauseMs = idleMs
      return job
    } catch (error) {
      if (this.#orders === 'up') this.#options.log.warn({ err: error }, 'orders is away')
      this.#orders = 'down'
      this.#pauseMs = Math.min(this.#pauseMs * 2, awayMs)
      return null
    }
  }

  #start(job: Job): void {
    const { print, log } = this.#options
    this.#claimed++
    const work = print(job)
      .catch((error: unknown) => log.warn({ err: error, job: job.id }, 'a job is left to its lease'))
      .finally(() => this.#underWay.delete(work))
    this.#underWay.add(work)
  }
}
