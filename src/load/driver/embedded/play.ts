import { type Clock, monotonicClock } from '../../../core/clock.ts'
import type { LoadOrder, LoadSummary, LoadTick } from '../../workload.ts'
import { AfterPoll } from './after-poll.ts'
import type { Checker } from '../../answers/checker.ts'
import { type Ended, Judge } from '../../answers/judge.ts'
import { identityHeaders } from '../../arrivals/identity.ts'
import { Meter } from '../../answers/meter.ts'
import { mixOf } from '../../arrivals/mix.ts'
import { Pace } from './pace.ts'
import { Recorder } from '../../answers/recorder.ts'
import { type Schedule, scheduleOf } from '../../arrivals/schedule.ts'
import { Sender } from './sender.ts'
import { type Target, targetOf } from '../../arrivals/target.ts'

const tickMs = 250

/** A workload being played: paced, sent, checked, recorded. */
export class Play {
  readonly #order: LoadOrder
  readonly #judge: Judge
  readonly #recorder: Recorder
  readonly #onTick: (tick: LoadTick) => void
  readonly #clock: Clock
  readonly #schedule: Schedule
  readonly #targets: Target[]
  readonly #choose: ReturnType<typeof mixOf>
  readonly #meter: Meter
  readonly #sender: Sender
  readonly #pace: Pace
  readonly #ended = new AfterPoll<Ended>((ended) => this.#take(ended))
  readonly #outcome = Promise.withResolvers<LoadSummary>()
  #startedAt = 0
  #cpuBefore = process.cpuUsage()
  #ticker: NodeJS.Timeout | undefined
  #sendsNoMore = false
  #dropped = 0
  #over = false

  private constructor(order: LoadOrder, checker: Checker, recorder: Recorder, onTick: (tick: LoadTick) => void) {
    const { stages, interactions, seed, timeoutMs } = order.workload
    const schedule = scheduleOf(stages)
    this.#order = order
    this.#schedule = schedule
    this.#recorder = recorder
    this.#onTick = onTick
    this.#clock = monotonicClock(order.clock)
    this.#targets = interactions.map(targetOf)
    this.#choose = mixOf(this.#targets, stages, seed)
    this.#meter = new Meter(schedule.count)
    this.#judge = new Judge(checker, recorder, this.#meter)
    this.#sender = new Sender(this.#clock, timeoutMs)
    this.#pace = new Pace(
      schedule,
      this.#clock,
      (arrival, dueAt) => this.#send(arrival, dueAt),
      () => this.#onPaceEnd(),
    )
    void recorder.failed.then((error) => this.#fail(error))
  }

  /** Everything that can be wrong with an order is found here, before anything is sent. */
  static async open(order: LoadOrder, checker: Checker, onTick: (tick: LoadTick) => void): Promise<Play> {
    return new Play(order, checker, await Recorder.open(order), onTick)
  }

  get done(): Promise<LoadSummary> {
    return this.#outcome.promise
  }

  begin(): number {
    this.#cpuBefore = process.cpuUsage()
    this.#ticker = setInterval(() => this.#onTick(this.#meter.tick(this.#clock.now())), tickMs)
    this.#startedAt = this.#clock.now()
    this.#pace.start(this.#startedAt)
    return this.#startedAt
  }

  /** Sends no more than is due by now; what is under way is awaited up to the time-out. */
  stop(): void {
    this.#pace.stop()
  }

  /** Sends no more, and cuts off what is under way: it leaves no samples. */
  abandon(): void {
    this.#dropped += this.#sender.underWay
    this.#sender.close()
    this.#pace.halt()
    this.#finishIfOver()
  }

  #send(arrival: number, dueAt: number): void {
    const { run, firstSequence } = this.#order.workload
    const sequence = firstSequence + arrival
    const choice = this.#choose(this.#schedule.stageOf(arrival))
    const target = this.#targets[choice.interaction]
    const filled = target?.rows[choice.row]
    if (!target || !filled) return this.#fail(new Error('the workload has no interaction or no rows'))
    const outgoing = { ...filled, headers: { ...filled.headers, ...identityHeaders(run, sequence) } }
    const url = target.origin + outgoing.path
    const sentAt = this.#sender.send(target.origin, outgoing, (ending) => {
      const late = ending.sentAt - dueAt
      this.#ended.push({ sequence, interaction: target.id, late, url, outgoing, ending })
    })
    this.#meter.sent(sentAt - dueAt)
  }

  #take(ended: Ended): void {
    try {
      this.#judge.take(ended)
    } catch (trouble) {
      this.#fail(trouble)
    }
    this.#pace.catchUp()
    this.#finishIfOver()
  }

  #onPaceEnd(): void {
    this.#sendsNoMore = true
    this.#finishIfOver()
  }

  #finishIfOver(): void {
    const { started, answered } = this.#meter
    if (this.#sendsNoMore && answered + this.#dropped === started) void this.#finish()
  }

  #fail(error: unknown): void {
    void this.#finish(error)
  }

  async #finish(error: unknown = null): Promise<void> {
    if (this.#over) return
    this.#over = true
    clearInterval(this.#ticker)
    this.#pace.halt()
    this.#sender.close()
    try {
      await this.#recorder.close()
      if (error !== null) throw error
      this.#onTick(this.#meter.tick(this.#clock.now()))
      this.#outcome.resolve(this.#summary())
    } catch (trouble) {
      this.#outcome.reject(error ?? trouble)
    }
  }

  #summary(): LoadSummary {
    const { user, system } = process.cpuUsage(this.#cpuBefore)
    return {
      startedAt: this.#startedAt,
      endedAt: this.#clock.now(),
      due: this.#pace.due,
      started: this.#meter.started,
      answered: this.#meter.answered,
      lateP99: this.#meter.lateP99(),
      cpuMs: (user + system) / 1_000,
    }
  }
}
