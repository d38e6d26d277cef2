import { rmSync } from 'node:fs'
import type { Exit } from '../../../../core/child.ts'
import { type Clock, monotonicClock } from '../../../../core/clock.ts'
import type { Ended } from '../../../answers/judge.ts'
import type { LoadOrder, LoadSummary, OwnScript } from '../../../workload.ts'
import { type Delivery, endingOf } from '../delivery.ts'
import type { K6Command } from '../k6-process.ts'
import type { ScriptSetting } from '../script-of.ts'
import type { Scripted } from '../scripted.ts'
import { Pulse } from './pulse.ts'
import { readSummary } from './summary.ts'
import { type WrapperFiles, writeWrapper } from './wrapper.ts'

/** What a tagged request was, after its delivery: interaction, method, URL, headers (each a list of values), body. */
type Asked = [
  interaction: number,
  method: string,
  url: string,
  headers: Record<string, string | string[]>,
  body: string | null,
]
type Told = [sequence: number, ...delivery: Delivery, ...asked: Asked]

/** Exit codes of a test that came to its end, whatever it thinks of it: 0, thresholds crossed, a slow teardown(), aborted or marked as failed by the script. */
const ends = [0, 99, 101, 108, 110]

/** Of a killed test, teardown() and handleSummary() may take so long, ms. */
const graceMs = 5_000

/** A script of the user's. What it tags becomes a sample like any other; of the rest k6's own summary tells. */
export class UserScript implements Scripted {
  readonly command: K6Command
  readonly virtualUsers: number
  /** Its end is its own: nothing is waited for. */
  readonly lengthMs = 0
  readonly own: NonNullable<Scripted['own']>
  readonly #files: WrapperFiles
  readonly #started = Promise.withResolvers<number>()
  readonly #sent: number[] = []
  readonly #unknownTags = new Set<string>()
  readonly #clock: Clock
  #pulse: Pulse | null = null
  #summary: ReturnType<typeof readSummary> = {}
  /** From k6's moments to the run's clock. */
  #offsetMs = 0

  constructor({ workload, clock }: LoadOrder, script: OwnScript, { token, folder }: ScriptSetting) {
    this.#files = writeWrapper({ script, workload, token, folder })
    this.#clock = monotonicClock(clock)
    this.virtualUsers = script.virtualUsers
    this.own = { playsOn: script.thresholds, graceMs }
    this.command = {
      script: this.#files.wrapper,
      args: script.thresholds ? [] : ['--no-thresholds'],
      env: { ...script.env, BROWNOUT_SCRIPT: this.#files.settings },
    }
  }

  get started(): Promise<number> {
    return this.#started.promise
  }

  hear(kind: string, json: string): Ended | null {
    switch (kind) {
      case 'b': {
        const [moment, toWall] = JSON.parse(json) as [number, number]
        const wall = wallNow()
        this.#offsetMs = toWall + this.#clock.now() - wall
        this.#pulse = new Pulse(this.#clock)
        this.#started.resolve(moment + this.#offsetMs)
        return null
      }
      case 't':
        this.#sent.push((JSON.parse(json) as [number, number])[1])
        return null
      case 'u':
        this.#unknownTags.add(JSON.parse(json) as string)
        return null
      case 'a':
        return this.#ended(JSON.parse(json) as Told)
      default:
        return null
    }
  }

  dueUntil(until: number): number {
    const moment = until - this.#offsetMs
    return this.#sent.reduce((due, sentAt) => (sentAt <= moment ? due + 1 : due), 0)
  }

  isEnd({ code }: Exit): boolean {
    return code !== null && ends.includes(code)
  }

  results(): Partial<LoadSummary> {
    const unknownTags = [...this.#unknownTags]
    return { ...this.#summary, tagged: this.#sent.length, ...(unknownTags.length > 0 ? { unknownTags } : {}) }
  }

  close(): void {
    this.#pulse?.close()
    this.#summary = readSummary(this.#files.summary)
    for (const file of Object.values(this.#files)) rmSync(file, { force: true })
  }

  #ended(told: Told): Ended {
    const [sequence, sentAt, took, status, code, error, answered, answer, isCut, ...asked] = told
    const [interaction, method, url, headers, body] = asked
    const ending = endingOf([sentAt, took, status, code, error, answered, answer, isCut], this.#offsetMs)
    const { pathname, search } = new URL(url)
    const flat = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')])
    return {
      sequence,
      interaction,
      late: this.#pulse?.lateAfter(ending.sentAt) ?? 0,
      url,
      outgoing: { method, path: pathname + search, headers: Object.fromEntries(flat) as Record<string, string>, body },
      ending,
    }
  }
}

/** ms since the epoch, right after the wall clock went on by a whole one. */
function wallNow(): number {
  const before = Date.now()
  for (;;) {
    const now = Date.now()
    if (now !== before) return now
  }
}
