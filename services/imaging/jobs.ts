import type { Call } from '../chassis/call.ts'
import { background, type Caller } from '../chassis/trace.ts'
import type { Image } from './draw.ts'

/** Who asks for work asks again soon; a report comes once. */
const claimLimitMs = 500
const reportLimitMs = 1_000

/** A print job that was given to this instance alone, for a while. */
export interface Job {
  id: number
  order: number
  album: number
  lease: string
  /** When somebody else may be given it, on the clock of `performance.now()`. */
  goodUntil: number
  /** On whose behalf everything is done that belongs to it. */
  caller: Caller
}

/** Print jobs as orders hands them out. Everything rejects when orders does not answer in time. */
export class Jobs {
  readonly #call: Call
  readonly #worker: string

  constructor(call: Call, worker: string) {
    this.#call = call
    this.#worker = worker
  }

  async claim(): Promise<Job | null> {
    const caller = background()
    const asked = performance.now()
    const { status, body } = await this.#post(caller, '/jobs/claim', { worker: this.#worker }, claimLimitMs)
    if (status !== 200) throw new Error(`orders answered a claim with ${status}`)
    const { job } = body as { job: (Pick<Job, 'id' | 'order' | 'album' | 'lease'> & { leaseMs: number }) | null }
    return job && { ...job, caller, goodUntil: asked + job.leaseMs }
  }

  /** Whether the report is accepted. `image` may follow when it is `null` here. */
  complete({ id, lease, caller }: Job, image: Image | null): Promise<boolean> {
    return this.#report(caller, `/jobs/${id}/completion`, { lease, image })
  }

  addImage({ id, lease, caller }: Job, image: Image): Promise<boolean> {
    return this.#report(caller, `/jobs/${id}/image`, { lease, image })
  }

  async #report(caller: Caller, path: string, report: unknown): Promise<boolean> {
    const { status } = await this.#post(caller, path, report, reportLimitMs)
    if (status !== 200 && status !== 409) throw new Error(`orders answered a report with ${status}`)
    return status === 200
  }

  #post(caller: Caller, path: string, body: unknown, limitMs: number) {
    return this.#call(caller, { method: 'POST', path, body }, AbortSignal.timeout(limitMs))
  }
}
