import type { Print, Printing } from '../printing.ts'

/** Defect: every job is rendered and reported a second time, as by somebody who forgot that it is done. */
export function rendersTwice(printing: Printing): Print {
  return async (job) => {
    await printing.print(job)
    await printing.print(job)
  }
}
