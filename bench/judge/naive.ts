import type { Sample, SampleTable } from '../../src/load/sample.ts'
import { asked, inForce, phaseMs, undoAsked, undone } from './scenario.ts'

/**
 * The questions of the scenario the way one would write it first: an object a response, filters and sorting. Returns how
 * many responses were degraded, to be compared.
 */
export function judgeNaively(samples: SampleTable): number {
  const all: (Sample & { phase: string; class: string })[] = []
  for (let index = 0; index < samples.length; index++) {
    const sample: Sample = {
      sentAt: samples.sentAt(index),
      took: samples.took(index),
      late: samples.late(index),
      keeps: samples.keeps(index),
      sequence: samples.sequence(index),
      interaction: samples.interaction(index),
      status: samples.status(index),
      error: samples.error(index),
    }
    const end = sample.sentAt + sample.took
    const phase =
      end < asked
        ? 'before'
        : sample.sentAt > undone
          ? 'after'
          : sample.sentAt > inForce && end < undoAsked
            ? 'during'
            : ''
    const full = (sample.keeps & 1) !== 0 && sample.took <= 500
    const degraded = phase === 'during' && sample.took <= 1_000
    const name = full
      ? 'full'
      : degraded && sample.keeps === 2
        ? 'reduced'
        : degraded && sample.keeps === 4
          ? 'refused'
          : 'broken'
    all.push({ ...sample, phase, class: name })
  }
  const shareOf = (phase: string, name: string, of = -1) => {
    const chosen = all.filter((each) => each.phase === phase && (of < 0 || each.interaction === of))
    return chosen.filter((each) => each.class === name).length / chosen.length
  }
  const quantileOf = (phase: string, quantile: number, of = -1) => {
    const chosen = all.filter((each) => each.phase === phase && (of < 0 || each.interaction === of))
    const sorted = chosen.toSorted((a, b) => a.took - b.took)
    return sorted[Math.floor(sorted.length * quantile)]?.took ?? 0
  }
  const recoveredAt = Array.from({ length: phaseMs / 100 }, (_, step) => undone + step * 100).find((from) => {
    const rest = all.filter((each) => each.phase === 'after' && each.sentAt >= from)
    return rest.filter((each) => each.class === 'full').length / rest.length >= 0.99
  })
  const answers = [
    quantileOf('before', 0.95),
    quantileOf('during', 0.99),
    quantileOf('before', 0.95, 2) / quantileOf('during', 0.95, 2),
    quantileOf('after', 0.5),
    recoveredAt ?? 0,
  ]
  const shares = [
    shareOf('before', 'full'),
    shareOf('during', 'broken'),
    shareOf('during', 'refused', 1),
    shareOf('during', 'reduced', 3),
  ]
  if (![...answers, ...shares].every(Number.isFinite)) throw new Error('the peer found no answer')
  return all.filter((each) => each.class === 'reduced' || each.class === 'refused').length
}
