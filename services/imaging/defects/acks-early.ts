import type { Jobs } from '../jobs.ts'
import type { Print, Printing } from '../printing.ts'

/** Defect: a job is reported before its picture is rendered; who dies in between leaves a job that looks done. */
export function acksEarly(printing: Printing, jobs: Jobs): Print {
  return async (job) => {
    if (await printing.report(job, null)) await jobs.addImage(job, await printing.render(job))
  }
}
