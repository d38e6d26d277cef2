import { setTimeout as delay } from 'node:timers/promises'

/**
 * The one door to time. `now()` is milliseconds since the epoch with a fraction: wall time read once at the anchor, then
 * monotonic, so a step of the wall clock moves nothing. Tests bring a clock they crank by hand.
 */
export interface Clock {
  now(): number
  /** Resolves after `ms`; resolves early, never rejects, when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Wall time (ms since the epoch) paired with the monotonic reading (ns) of the same instant. */
export interface ClockAnchor {
  wallMs: number
  monotonicNs: string
}

export function anchorNow(): ClockAnchor {
  return { wallMs: Date.now(), monotonicNs: process.hrtime.bigint().toString() }
}

/**
 * A clock on the machine's monotonic time. All processes of a run share the runner's anchor; the monotonic reading is
 * the same for every process of one machine, so their times can be compared.
 */
export function monotonicClock(anchor: ClockAnchor = anchorNow()): Clock & { readonly anchor: ClockAnchor } {
  const startNs = BigInt(anchor.monotonicNs)
  return {
    anchor,
    now: () => anchor.wallMs + Number(process.hrtime.bigint() - startNs) / 1e6,
    async sleep(ms, signal) {
      if (signal?.aborted) return
      await delay(Math.max(0, ms), undefined, signal ? { signal } : {}).catch(() => undefined)
    },
  }
}
