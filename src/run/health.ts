import { rmSync } from 'node:fs'
import { formatMs } from '../core/duration.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { unlessAborted, within } from '../core/within.ts'
import type { LoadDriver } from '../load/driver.ts'
import type { SampleTable } from '../load/sample.ts'
import { readSamples } from '../load/samples-file.ts'
import type { LoadOrder, WorkloadInteraction } from '../load/workload.ts'
import type { RunRecord } from '../record/record.ts'

type Baseline = NonNullable<RunRecord['baseline']>

/** An answer may come as late as the time-out; what comes later than this will not come. */
export const graceMs = 5_000

/** Plays an order to its end and gives its samples; files of an earlier try are replaced. Rejects when `signal` aborts. */
export async function playWindow(driver: LoadDriver, order: LoadOrder, signal: AbortSignal): Promise<SampleTable> {
  rmSync(order.into.samples, { force: true })
  rmSync(order.into.evidence, { force: true })
  const { stages, timeoutMs } = order.workload
  const limitMs = stages.reduce((sum, { forMs }) => sum + forMs, 0) + timeoutMs + graceMs
  await using play = await driver.play(order, () => undefined)
  await unlessAborted(
    signal,
    within(
      limitMs,
      play.done,
      () =>
        new BrownoutError('LOAD_SILENT', `Failed to play the load: it did not end in ${formatMs(limitMs)}.`, {
          exitCode: exitCodes.inconclusive,
        }),
    ),
  )
  return readSamples(order.into.samples)
}

/** p95 of the healthy responses of each interaction, ms. The first second is left out: the services warm up. */
export function baselineOf(
  samples: SampleTable,
  interactions: readonly WorkloadInteraction[],
  warmUpMs: number,
): Baseline {
  const from = samples.length === 0 ? 0 : samples.sentAt(0) + warmUpMs
  const p95: Record<string, number> = {}
  for (const { id, key } of interactions) {
    const value = quantile95(samples, id, from)
    if (value !== null) p95[key] = value
  }
  return { responses: samples.length, p95 }
}

/**
 * Why a window of normal load is not healthy; `null` when it is: nothing but normal halves, and p95 within twice the
 * frozen baseline (or within 25 ms of it, where twice a few milliseconds would be noise).
 */
export function sicknessOf(
  samples: SampleTable,
  interactions: readonly WorkloadInteraction[],
  baseline: Baseline,
): string | null {
  if (samples.length === 0) return 'no response came'
  let unwell = 0
  for (let index = 0; index < samples.length; index++) if ((samples.keeps(index) & 1) === 0) unwell++
  if (unwell > 0) return `${unwell} of ${samples.length} responses did not keep the normal half`
  for (const { id, key } of interactions) {
    const frozen = baseline.p95[key]
    const now = quantile95(samples, id, 0)
    if (now === null) continue
    if (frozen === undefined) return `"${key}" kept its normal half at no time of the baseline`
    const bound = Math.max(2 * frozen, frozen + 25)
    if (now > bound)
      return `p95 of "${key}" is ${now.toFixed(1)} ms, above ${bound.toFixed(1)} ms (baseline ${frozen.toFixed(1)} ms)`
  }
  return null
}

function quantile95(samples: SampleTable, interaction: number, from: number): number | null {
  const took: number[] = []
  for (let index = 0; index < samples.length; index++) {
    if (samples.interaction(index) !== interaction || samples.sentAt(index) < from) continue
    if ((samples.keeps(index) & 1) === 1) took.push(samples.took(index))
  }
  took.sort((a, b) => a - b)
  return took.length === 0 ? null : (took[Math.ceil(took.length * 0.95) - 1] as number)
}
