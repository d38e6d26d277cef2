import type { SampleTable } from '../load/sample.ts'
import type { Evidence } from '../load/workload.ts'

/** Evidence, with the index of its sample; in the order it was sent. */
export interface Exhibit {
  index: number
  evidence: Evidence
}

/** Joins evidence to samples by sequence. Evidence of a response that left no sample is not shown. */
export function exhibitsOf(samples: SampleTable, evidence: readonly Evidence[]): Exhibit[] {
  if (evidence.length === 0) return []
  const bySequence = new Map(evidence.map((each) => [each.sequence, each]))
  const exhibits: Exhibit[] = []
  for (let index = 0; index < samples.length; index++) {
    const found = bySequence.get(samples.sequence(index))
    if (found) exhibits.push({ index, evidence: found })
  }
  return exhibits
}
