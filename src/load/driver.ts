import type { LoadOrder, LoadSummary, LoadTick } from './workload.ts'

/** Plays a workload: sends, has each response checked, and writes samples and evidence to the order's files. */
export interface LoadDriver {
  /** `embedded` or `k6`, and the version, for reports. */
  readonly name: string
  readonly version: string
  /**
   * Resolves when the first arrival is about to be sent. Rejects with a `BrownoutError` when it cannot start.
   * The process that plays is the driver's own; it ends when this process does.
   */
  play(order: LoadOrder, onTick: (tick: LoadTick) => void): Promise<LoadPlay>
  /** Ends what the driver keeps between plays. */
  close(): Promise<void>
}

export interface LoadPlay extends AsyncDisposable {
  readonly startedAt: number
  /** Ends with the schedule, or after `stop`. Rejects with a `BrownoutError` when the player dies. */
  readonly done: Promise<LoadSummary>
  /** Sends no more; answers under way are awaited up to the time-out. A driver that cannot lets its schedule end. */
  stop(): void
}
