import type { Clock } from '../../../../core/clock.ts'

const everyMs = 10
/** Timers are never quite on time. */
const usualMs = 10

/**
 * When a machine is too busy to send in time, a script of the user's cannot tell: it alone knows when it meant to send. So a timer
 * beside k6 tells, which is late for the same reason: for how long after a moment nothing went on.
 */
export class Pulse {
  readonly #clock: Clock
  readonly #stalls: { from: number; to: number }[] = []
  readonly #timer: NodeJS.Timeout
  #due: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#due = clock.now() + everyMs
    this.#timer = setInterval(() => this.#beat(), everyMs)
  }

  /** For how long after `moment`, which is over, nothing went on, ms. */
  lateAfter(moment: number): number {
    this.#beat()
    const stall = this.#stalls.findLast(({ from }) => from <= moment)
    return stall ? Math.max(0, stall.to - moment) : 0
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #beat(): void {
    const now = this.#clock.now()
    if (now - this.#due > usualMs) this.#stalls.push({ from: this.#due, to: now })
    this.#due = Math.max(this.#due, now + everyMs)
  }
}
