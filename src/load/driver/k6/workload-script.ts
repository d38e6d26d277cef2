import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Exit } from '../../../core/child.ts'
import type { Ended } from '../../answers/judge.ts'
import { identityHeaders } from '../../arrivals/identity.ts'
import { mixOf } from '../../arrivals/mix.ts'
import { type Schedule, scheduleOf } from '../../arrivals/schedule.ts'
import { targetOf } from '../../arrivals/target.ts'
import type { Workload } from '../../workload.ts'
import { type ClockServer, offsetOf } from './clock-server.ts'
import { type Delivery, endingOf } from './delivery.ts'
import type { K6Command } from './k6-process.ts'
import { type Sendable, virtualUsers, writeOrder } from './order-file.ts'
import type { Scripted } from './scripted.ts'
import { leadMs, markEveryMs, marks } from './stages.ts'

const script = fileURLToPath(new URL('../../../../k6/play.js', import.meta.url))

/** k6/play.js with a workload: what every arrival sends is decided here, by the same draw as in the embedded generator. */
export class WorkloadScript implements Scripted {
  readonly command: K6Command
  readonly virtualUsers: number
  readonly lengthMs: number
  readonly #workload: Workload
  readonly #schedule: Schedule
  readonly #sendables: Sendable[]
  readonly #choices: Uint32Array
  readonly #order: string
  readonly #clock: ClockServer
  readonly #started = Promise.withResolvers<number>()
  #marks: number[] = []
  /** What is to be added to k6's moments for the run's clock. */
  #offsetMs = 0
  #startedAt = Number.POSITIVE_INFINITY

  /** `clock`: where the run's clock is told; the order is written into `folder`. */
  constructor(workload: Workload, setting: { token: string; clock: ClockServer; folder: string }) {
    const targets = workload.interactions.map(targetOf)
    const firstOf = targets.map((_, index) => targets.slice(0, index).reduce((sum, { rows }) => sum + rows.length, 0))
    const choose = mixOf(targets, workload.stages, workload.seed)
    this.#workload = workload
    this.#schedule = scheduleOf(workload.stages)
    this.lengthMs = this.#schedule.lengthMs
    this.#sendables = targets.flatMap(({ id, origin, rows }) =>
      rows.map((outgoing) => ({ interaction: id, url: inUrl(origin + outgoing.path), outgoing })),
    )
    this.#choices = Uint32Array.from({ length: this.#schedule.count }, (_, arrival) => {
      const { interaction, row } = choose(this.#schedule.stageOf(arrival))
      return (firstOf[interaction] ?? 0) + row
    })
    this.virtualUsers = virtualUsers(workload)
    const { token, clock, folder } = setting
    this.#clock = clock
    this.#order = writeOrder(folder, {
      workload,
      token,
      clock: clock.url,
      sendables: this.#sendables,
      choices: this.#choices,
    })
    this.command = {
      script,
      // Nothing is to be summed up: Node counts what it is told.
      args: ['--summary-mode=disabled', '--no-thresholds'],
      env: { BROWNOUT_ORDER: this.#order },
    }
  }

  get started(): Promise<number> {
    return this.#started.promise
  }

  hear(kind: string, json: string): Ended | null {
    if (kind === 's') {
      this.#offsetMs = offsetOf(JSON.parse(json) as [number, number, number][])
      return null
    }
    if (kind === 'm') {
      this.#mark(Number(json) + this.#offsetMs)
      return null
    }
    return kind === 'a' ? this.#ended(JSON.parse(json) as [number, ...Delivery]) : null
  }

  dueUntil(until: number): number {
    let due = 0
    let beyond = this.#schedule.count
    // The first arrival that is due later.
    while (due < beyond) {
      const middle = Math.floor((due + beyond) / 2)
      if (this.#startedAt + this.#schedule.dueMs(middle) <= until) due = middle + 1
      else beyond = middle
    }
    return due
  }

  isEnd({ code }: Exit): boolean {
    return code === 0
  }

  close(): void {
    this.#clock.close()
    rmSync(this.#order, { force: true })
  }

  /** Marks are reached somewhat late: the one that was least late tells when all began. */
  #mark(at: number): void {
    this.#marks.push(at)
    if (this.#marks.length < marks) return
    const begins = this.#marks.toSorted((a, b) => a - b).map((reached, index) => reached - (index + 1) * markEveryMs)
    this.#startedAt = Math.min(...begins) + leadMs
    this.#started.resolve(this.#startedAt)
  }

  /** None is ever early: one that seems so tells that even the marks were all late, and by how much. */
  #lateOf(arrival: number, sentAt: number): number {
    const late = sentAt - this.#startedAt - this.#schedule.dueMs(arrival)
    if (late < 0) this.#startedAt += late
    return Math.max(0, late)
  }

  #ended([arrival, ...delivery]: [number, ...Delivery]): Ended | null {
    const sendable = this.#sendables[this.#choices[arrival] ?? -1]
    if (!sendable) throw new Error(`k6 sent an arrival that is not of the schedule: ${arrival}`)
    const { run, firstSequence } = this.#workload
    const sequence = firstSequence + arrival
    const { interaction, url } = sendable
    const ending = endingOf(delivery, this.#offsetMs)
    const outgoing = {
      ...sendable.outgoing,
      headers: { ...sendable.outgoing.headers, ...identityHeaders(run, sequence) },
    }
    const late = this.#lateOf(arrival, ending.sentAt)
    return { sequence, interaction, late, url, outgoing, ending }
  }
}

/**
 * Go writes a path anew that holds a character which no URL has, and then decodes what was encoded in it. So these are
 * encoded here.
 */
function inUrl(text: string): string {
  return text.replaceAll(/[^\w\-.~!$&'()*+,;=:@[\]/%?]+/g, (others) => encodeURIComponent(others.toWellFormed()))
}
