import type { LoadTick } from '../workload.ts'

/** Counts what the load does, for its ticks and its summary. */
export class Meter {
  started = 0
  answered = 0
  #normal = 0
  #other = 0
  #none = 0
  #took: number[] = []
  #late: Float32Array

  /** `arrivals`: how many are expected; there may be more. */
  constructor(arrivals: number) {
    this.#late = new Float32Array(arrivals)
  }

  sent(lateMs: number): void {
    if (this.started === this.#late.length) {
      const longer = new Float32Array(Math.max(1_024, this.started * 2))
      longer.set(this.#late)
      this.#late = longer
    }
    this.#late[this.started] = lateMs
    this.started += 1
  }

  /** `took` counts for the quantile only when there was an answer. */
  ended(keeps: number, took: number | null): void {
    this.answered += 1
    if (keeps & 1) this.#normal += 1
    else if (keeps) this.#other += 1
    else this.#none += 1
    if (took !== null) this.#took.push(took)
  }

  /** What happened since the last tick. */
  tick(at: number): LoadTick {
    const took = Float64Array.from(this.#took).toSorted()
    const tick = {
      at,
      started: this.started,
      answered: this.answered,
      normal: this.#normal,
      other: this.#other,
      none: this.#none,
      p95: quantile(took, 0.95),
    }
    this.#normal = this.#other = this.#none = 0
    this.#took = []
    return tick
  }

  /** 99th percentile of how late arrivals were sent, ms. */
  lateP99(): number {
    return quantile(this.#late.subarray(0, this.started).toSorted(), 0.99) ?? 0
  }
}

/** The smallest value that at least this share of the sorted values does not exceed; `null` without values. */
function quantile(sorted: Float64Array | Float32Array, share: number): number | null {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null
}
