import { canaryLimitMs, hasCanary } from '../fault/felt.ts'
import type { HeldFault } from '../fault/hold.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { Playing } from './play.ts'
import type { PlannedEvent } from './plan-timeline.ts'
import { notUndone } from './not-undone.ts'
import { lookThrough } from './play-looks.ts'
import { leaseMs } from './settle.ts'
import { noteSurge } from './surges.ts'
import { readTaps, tapsLeadMs } from './taps.ts'
import { together } from './together.ts'

/**
 * Plays `during`, which begins at `originAt`: faults come and go as planned until the phase has been looked through; what
 * is then still there goes last. `probed` plays what it is handed, and has probes asked for as long as that lasts.
 */
export async function playDuring(
  playing: Playing,
  originAt: number,
  probed: (play: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { session, held } = playing
  const faults = new FaultsInTime(playing, originAt)
  await probed(async () => {
    try {
      await together(session.signal, (signal) => [
        faults.comeAndGo(signal),
        lookThrough(playing, 'during', originAt, signal),
      ])
    } finally {
      await Promise.allSettled([faults.watched()])
    }
  })
  if (session.over) return
  await readTaps('undoAsked', playing)
  await held.letGoAll({ systemEnds: false })
  await faults.returned()
  await readTaps('undone', playing)
  for (const { record } of held.all.toReversed()) faults.tellUndone(record)
}

/** The faults of a scenario by its timeline. */
class FaultsInTime {
  readonly #playing: Playing
  readonly #originAt: number
  #signal: AbortSignal
  readonly #watches = new Map<string, Promise<void>>()
  readonly #returns: Promise<void>[] = []
  readonly #told = new Set<string>()

  constructor(playing: Playing, originAt: number) {
    this.#playing = playing
    this.#originAt = originAt
    this.#signal = playing.session.signal
  }

  /** Everything that happens before the end of the phase, in order; ends early, as its canaries do, when `signal` aborts. */
  async comeAndGo(signal: AbortSignal): Promise<void> {
    this.#signal = signal
    const { scenario, held } = this.#playing
    const events = scenario.timeline
      .map((event) => ({ event, fault: held.find(event.fault) }))
      .map(({ event, fault }) => ({ event, fault, fromMs: event.atMs - (fault ? 0 : tapsLeadMs) }))
      .filter(({ fromMs }) => fromMs < scenario.planned.during)
      .toSorted((a, b) => a.fromMs - b.fromMs)
    for (const { event, fault, fromMs } of events) {
      await this.#until(fromMs)
      if (this.#signal.aborted) return
      if (!fault) await this.#surge(event)
      else if (event.what === 'inject') await this.#inject(fault)
      else await this.#letGo(fault)
    }
  }

  /** Resolves when no canary is under way any more. */
  async watched(): Promise<void> {
    if (!this.#playing.session.over) await Promise.all(this.#watches.values())
  }

  /** Resolves when what was let go of is back. */
  async returned(): Promise<void> {
    await Promise.all(this.#returns)
  }

  tellUndone({ id, text, undone }: FaultRecord): void {
    if (undone === null || this.#told.has(id)) return
    this.#told.add(id)
    this.#playing.onProgress({ kind: 'fault', text, state: 'undone' })
  }

  async #inject(fault: HeldFault): Promise<void> {
    const { scenario, onProgress } = this.#playing
    const { id, text } = fault.record
    const planned = scenario.faults.find((one) => one.id === id)
    if (!planned) return
    await readTaps('asked', this.#playing)
    await fault.inject(leaseMs(scenario, planned))
    await readTaps('inForce', this.#playing)
    onProgress({ kind: 'fault', text, state: 'in force' })
    this.#watches.set(id, this.#watch(fault))
  }

  /** The canary looks at the beginning and right before the end, whenever that may be: the fault was there all the time. */
  async #watch(fault: HeldFault): Promise<void> {
    const { id, fault: what } = fault.record
    if (!hasCanary(what)) return
    const { timeline, looks, planned } = this.#playing.scenario
    const end = timeline.find((event) => event.fault === id && event.what === 'undo')?.atMs ?? planned.during
    await fault.sendCanaries('during')
    for (const endMs of end < planned.during ? [end] : looks.during) {
      await this.#until(endMs - canaryLimitMs(what))
      if (this.#signal.aborted) return
      await fault.sendCanaries('during')
    }
  }

  async #letGo(fault: HeldFault): Promise<void> {
    await this.#watches.get(fault.record.id)
    await readTaps('undoAsked', this.#playing)
    const gone = this.#noteGone(fault)
    // An instance may take its time to be back, and nothing waits for it.
    if (fault.endsInstances) this.#awaitLater(gone)
    else await gone
  }

  async #noteGone(fault: HeldFault): Promise<void> {
    await fault.letGo()
    if (fault.isHeld) {
      if (!fault.endsInstances) this.#playing.session.end(notUndone(fault.record))
      return
    }
    await readTaps('undone', this.#playing)
    this.tellUndone(fault.record)
    this.#awaitLater(this.#playing.held.verify())
  }

  /** Its trouble is told when it is awaited, and no sooner. */
  #awaitLater(returning: Promise<void>): void {
    returning.catch(() => undefined)
    this.#returns.push(returning)
  }

  async #surge({ fault: id, what, atMs }: PlannedEvent): Promise<void> {
    const { record, onProgress } = this.#playing
    const surge = record.faults.find((fault) => fault.id === id)
    if (!surge) return
    await readTaps(what === 'inject' ? 'asked' : 'undoAsked', this.#playing)
    await this.#until(atMs)
    if (this.#signal.aborted) return
    noteSurge(surge, what, this.#originAt + atMs)
    await readTaps(what === 'inject' ? 'inForce' : 'undone', this.#playing)
    onProgress({ kind: 'fault', text: surge.text, state: what === 'inject' ? 'in force' : 'undone' })
  }

  #until(momentMs: number): Promise<void> {
    const { clock } = this.#playing.live
    return clock.sleep(this.#originAt + momentMs - clock.now(), this.#signal)
  }
}
