import type { Exit } from '../../../core/child.ts'
import { type Clock, monotonicClock } from '../../../core/clock.ts'
import { settled } from '../../../core/within.ts'
import type { Checker } from '../../answers/checker.ts'
import { Judge } from '../../answers/judge.ts'
import { Meter } from '../../answers/meter.ts'
import { Recorder } from '../../answers/recorder.ts'
import type { LoadOrder, LoadSummary, LoadTick } from '../../workload.ts'
import type { ReadyPlay } from '../serve-plays.ts'
import { diedOf, exitText } from './exit.ts'
import { type K6Place, K6Process } from './k6-process.ts'
import type { Scripted } from './scripted.ts'
import { scriptOf } from './script-of.ts'

const tickMs = 250
/** An answer may come as late as the time-out, and is told somewhat later. */
const tellMs = 2_000
/** From the end of its API, or of its schedule when all is answered, to the end of k6. */
const exitMs = 1_000
const endedByUs = 'ended by Brownout'

/** A play by k6: k6 sends and delivers; what it tells is checked and recorded here. */
export class K6Play implements ReadyPlay {
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #script: Scripted
  readonly #meter: Meter
  readonly #judge: Judge
  readonly #recorder: Recorder
  readonly #onTick: (tick: LoadTick) => void
  /** How many there will be; `null` when the script alone knows. */
  readonly #arrivals: number | null
  readonly #outcome = Promise.withResolvers<LoadSummary>()
  readonly done = this.#outcome.promise
  #k6: K6Process | null = null
  #startedAt = 0
  #stoppedAt: number | null = null
  #exit = ''
  #timers: NodeJS.Timeout[] = []
  #over = false

  private constructor(
    order: LoadOrder,
    { script, recorder, checker }: { script: Scripted; recorder: Recorder; checker: Checker },
    onTick: (tick: LoadTick) => void,
  ) {
    this.#clock = monotonicClock(order.clock)
    this.#timeoutMs = order.workload.timeoutMs
    this.#script = script
    this.#recorder = recorder
    const arrivals = script.dueUntil(Number.POSITIVE_INFINITY)
    this.#arrivals = script.own ? null : arrivals
    this.#meter = new Meter(arrivals)
    this.#judge = new Judge(checker, recorder, this.#meter)
    this.#onTick = onTick
    this.done.catch(() => undefined)
    void recorder.failed.then((error) => this.#finish(error))
  }

  /** Resolves when k6 has all its VUs and waits; everything that can be wrong with an order is found by then. */
  static async open(order: LoadOrder, { file, folder }: K6Place, checker: Checker, onTick: (tick: LoadTick) => void) {
    const recorder = await Recorder.open(order)
    const token = `brownout-${process.pid}-${order.workload.firstSequence} `
    const script = await scriptOf(order, { token, folder })
    const play = new K6Play(order, { script, recorder, checker }, onTick)
    try {
      const k6 = await K6Process.start(script.command, { file, folder, token, onTold: (line) => play.#hear(line) })
      play.#k6 = k6
      void k6.exited.then((exit) => play.#onExit(exit))
    } catch (error) {
      await play.#finish(error)
      throw error
    }
    return play
  }

  async begin(): Promise<number> {
    this.#k6?.cpu.begin()
    try {
      await this.#k6?.release()
    } catch (error) {
      // When k6 has died, how it did says more.
      await settled(exitMs, this.done)
      throw error
    }
    this.#startedAt = await Promise.race([this.#script.started, this.done.then(() => 0)])
    const tick = () => {
      this.#k6?.cpu.look()
      this.#onTick(this.#meter.tick(this.#clock.now()))
    }
    this.#timers.push(setInterval(tick, tickMs))
    return this.#startedAt
  }

  /**
   * k6 cannot be told to send no more without cutting off what is under way. So it goes on sending until all that was due by
   * now has been answered, or has timed out; what was due later leaves no samples. Then k6 is ended.
   */
  stop(): void {
    if (this.#stoppedAt !== null) return
    this.#stoppedAt = this.#clock.now()
    if (this.#script.own?.playsOn) return
    this.#timers.push(setTimeout(() => this.#cut(), this.#timeoutMs + tellMs))
    this.#cutIfAnswered()
  }

  /** Ends k6 at once: what is under way leaves no samples. */
  abandon(): void {
    this.#stoppedAt ??= this.#clock.now()
    this.#exit ||= endedByUs
    void this.#finish()
  }

  #hear(line: string): void {
    if (this.#over) return
    try {
      const ended = this.#script.hear(line.charAt(0), line.slice(1))
      if (ended === null) return
      // After a stop only what was due before it counts.
      if (this.#stoppedAt !== null && ended.ending.sentAt - ended.late > this.#stoppedAt) return
      this.#meter.sent(ended.late)
      this.#judge.take(ended)
      if (this.#stoppedAt !== null) this.#cutIfAnswered()
      if (this.#meter.answered === this.#arrivals) this.#onAll()
    } catch (trouble) {
      void this.#finish(trouble)
    }
  }

  /** k6 ends by itself now, and need not be waited for any longer than its schedule is. */
  #onAll(): void {
    // The last moment at which it surely lives.
    this.#k6?.cpu.look()
    const leftMs = this.#startedAt + this.#script.lengthMs - this.#clock.now()
    this.#timers.push(setTimeout(() => this.#cut(), Math.max(0, leftMs) + exitMs))
  }

  #cutIfAnswered(): void {
    if (this.#script.own?.playsOn) return
    if (this.#meter.answered >= this.#script.dueUntil(this.#stoppedAt ?? 0)) this.#cut()
  }

  #cut(): void {
    if (this.#exit !== '') return
    this.#exit = endedByUs
    if (!this.#script.own) return void this.#finish()
    this.#k6?.signal('SIGTERM')
    this.#timers.push(setTimeout(() => void this.#finish(), this.#script.own.graceMs))
  }

  async #onExit(exit: Exit): Promise<void> {
    this.#exit ||= exitText(exit)
    if (this.#over || !this.#k6) return
    const isEnd = this.#exit === endedByUs || this.#script.isEnd(exit)
    if (this.#startedAt === 0 || !isEnd) return this.#finish(diedOf(this.#k6.describe(exit), this.#startedAt !== 0))
    // k6 ends with its last iteration, which may be before the time of its schedule is over.
    await this.#clock.sleep(this.#startedAt + this.#script.lengthMs - this.#clock.now())
    await this.#finish()
  }

  async #finish(error: unknown = null): Promise<void> {
    if (this.#over) return
    this.#over = true
    const now = this.#clock.now()
    // A user's script that plays on sends for nobody but itself.
    const endedAt = this.#script.own ? (this.#stoppedAt ?? now) : now
    for (const timer of this.#timers) clearTimeout(timer)
    const cpuMs = this.#k6?.cpu.ms ?? 0
    this.#k6?.signal('SIGKILL')
    await this.#k6?.exited
    this.#script.close()
    try {
      await this.#recorder.close()
      if (error !== null) throw error
      this.#onTick(this.#meter.tick(endedAt))
      this.#outcome.resolve(this.#summary(endedAt, cpuMs))
    } catch (trouble) {
      this.#outcome.reject(error ?? trouble)
    }
  }

  /** CPU time is that of k6 and of this process, which checks what k6 delivers; making k6's VUs ready is not counted. */
  #summary(endedAt: number, cpuMs: number): LoadSummary {
    const { started, answered } = this.#meter
    const due = this.#script.dueUntil(this.#stoppedAt ?? Number.POSITIVE_INFINITY)
    return {
      startedAt: this.#startedAt,
      endedAt,
      due,
      // What a user's script tells is due when it is sent, and told of before its answer.
      started: this.#script.own ? due : started,
      answered,
      lateP99: this.#meter.lateP99(),
      cpuMs,
      tool: { exit: this.#exit, virtualUsers: this.#script.virtualUsers },
      ...this.#script.results?.(),
    }
  }
}
