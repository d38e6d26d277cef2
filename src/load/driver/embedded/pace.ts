import type { Clock } from '../../../core/clock.ts'
import type { Schedule } from '../../arrivals/schedule.ts'

/**
 * Calls `send` for each arrival when it is due. If the process was busy, all that are due by now go at once:
 * none is skipped. `onEnd` is called when the schedule's time is over, or after a stop.
 */
export class Pace {
  /** Arrivals sent so far, which is also the number of the next. */
  sent = 0
  readonly #schedule: Schedule
  readonly #clock: Clock
  readonly #send: (arrival: number, dueAt: number) => void
  readonly #onEnd: () => void
  #startedAt = 0
  #stoppedAt: number | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(schedule: Schedule, clock: Clock, send: (arrival: number, dueAt: number) => void, onEnd: () => void) {
    this.#schedule = schedule
    this.#clock = clock
    this.#send = send
    this.#onEnd = onEnd
  }

  start(startedAt: number): void {
    this.#startedAt = startedAt
    this.#step()
  }

  /** Sends what is due by now. Timers come a millisecond late, so whoever is awake anyway may call this. */
  catchUp(now = this.#clock.now()): void {
    while (this.#stoppedAt === null && this.sent < this.#schedule.count) {
      const dueAt = this.#startedAt + this.#schedule.dueMs(this.sent)
      if (dueAt > now) return
      this.#send(this.sent++, dueAt)
    }
  }

  /** Sends what was due by now, and no more. */
  stop(now = this.#clock.now()): void {
    this.catchUp(now)
    this.halt(now)
  }

  /** Sends no more, not even what was due. */
  halt(now = this.#clock.now()): void {
    if (this.#stoppedAt !== null) return
    this.#stoppedAt = now
    clearTimeout(this.#timer)
    this.#onEnd()
  }

  /** Arrivals that were due until now, or until it was stopped. */
  get due(): number {
    const until = (this.#stoppedAt ?? this.#clock.now()) - this.#startedAt
    let due = this.sent
    while (due < this.#schedule.count && this.#schedule.dueMs(due) <= until) due += 1
    return due
  }

  #step(): void {
    this.catchUp()
    if (this.#stoppedAt !== null) return
    const over = this.sent === this.#schedule.count
    const next = this.#startedAt + (over ? this.#schedule.lengthMs : this.#schedule.dueMs(this.sent))
    const waitMs = next - this.#clock.now()
    if (over && waitMs <= 0) return this.halt()
    this.#timer = setTimeout(() => this.#step(), Math.max(0, waitMs))
  }
}
