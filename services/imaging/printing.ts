import { setTimeout as sleep } from 'node:timers/promises'
import { describe, draw, type Image } from './draw.ts'
import type { Job, Jobs } from './jobs.ts'

const costMs = 80
const page = { width: 96, height: 72 }

/** What an instance does with a job it was given. */
export type Print = (job: Job) => Promise<void>

/** The two steps of a job, counted. */
export class Printing {
  readonly counts = { rendered: 0, completed: 0, refused: 0 }
  readonly #jobs: Jobs

  constructor(jobs: Jobs) {
    this.#jobs = jobs
  }

  /** Renders, and then reports. */
  print: Print = async (job) => {
    await this.report(job, await this.render(job))
  }

  /** An album for print is large: a page costs 80 ms. */
  async render({ album, order }: Job): Promise<Image> {
    await sleep(costMs)
    const image = describe(draw(`album ${album} of order ${order}`, page), page)
    this.counts.rendered++
    return image
  }

  /**
   * Reports a job once. A report whose answer is lost is not repeated: either it arrived, or the job is handed out again when
   * its lease is over. Nor is a job reported that somebody else may have by now.
   */
  async report(job: Job, image: Image | null): Promise<boolean> {
    if (performance.now() > job.goodUntil) throw new Error('the lease is over')
    const accepted = await this.#jobs.complete(job, image)
    this.counts[accepted ? 'completed' : 'refused']++
    return accepted
  }
}
