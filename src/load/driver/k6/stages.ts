import type { Stage } from '../../workload.ts'

/**
 * Iterations before the first arrival that send nothing and tell when they ran, this far apart. On a busy machine all of a few
 * milliseconds are late alike, so they are spread.
 */
export const marks = 20
export const markEveryMs = 5
/** From the start of k6's schedule to that of the workload: the marks, and time to tell the runner. */
export const leadMs = 130

/** What k6 calls a stage of a ramping arrival rate; a duration of `0s` is a jump. */
export interface K6Stage {
  duration: string
  target: number
}

/** k6's rates are whole numbers for this long: a millionth of an arrival a second is the smallest. */
const unitSeconds = 1_000_000

/**
 * k6 begins its schedule when all VUs are active, but measures its end from before: without more time at the end it would
 * leave out the last arrivals. It ends with the last iteration, however long this is.
 */
const tailMs = 60_000

/** How near to the next whole arrival the sum stands when a stage begins. */
const almost = 0.999

/**
 * The stages by which k6 has every arrival due when `scheduleOf` says, `leadMs` later. k6 starts an iteration whenever
 * the sum of the rate over time reaches the next whole number, so the first of a stage would come 1/rate after its
 * beginning. Here each stage begins with a sum that lacks a thousandth of an arrival: the lead brings it there, and the last
 * millisecond of a stage whose arrivals are no whole number brings what is missing.
 */
export function k6Stages(stages: readonly Stage[]): { timeUnit: string; stages: K6Stage[]; highestRate: number } {
  const marksMs = (marks + almost) * markEveryMs
  const parts = [
    { rate: 1_000 / markEveryMs, forMs: marksMs },
    { rate: 0, forMs: leadMs - marksMs },
    ...stages.flatMap(({ rate, forMs }) => {
      const arrivals = (rate * forMs) / 1_000
      const missing = Math.max(0, Math.ceil(arrivals - 1e-6) - arrivals)
      const kickMs = Math.min(1, forMs / 2)
      if (missing <= 1e-6 || kickMs === 0) return [{ rate, forMs }]
      return [
        { rate, forMs: forMs - kickMs },
        { rate: rate + (missing * 1_000) / kickMs, forMs: kickMs },
      ]
    }),
    { rate: 0, forMs: tailMs },
  ].filter(({ forMs }) => forMs > 0)
  return {
    timeUnit: `${unitSeconds}s`,
    stages: parts.flatMap(({ rate, forMs }) => {
      const target = Math.round(rate * unitSeconds)
      return [
        { duration: '0s', target },
        { duration: `${Number(forMs.toFixed(6))}ms`, target },
      ]
    }),
    highestRate: Math.max(0, ...stages.map(({ rate }) => rate)),
  }
}
