import { requestId } from '../load/sample.ts'
import type { HeldFault } from '../fault/hold.ts'
import type { Phase } from '../scenario/define.ts'
import type { Playing } from './play.ts'
import { playDuring } from './play-during.ts'
import { lookThrough } from './play-looks.ts'
import { askProbes } from './probes.ts'
import { readTaps, tapsLeadMs } from './taps.ts'
import { together } from './together.ts'

const canaryShares = [0, 0.5, 1]

/** Goes through the phases under the load that has begun; returns early when the run is over, or a fault does not go. */
export async function playPhases(playing: Playing): Promise<void> {
  const { scenario, session, held, record, startedAt } = playing

  announce(playing, 'before')
  const [beforeMs] = await withProbes(playing, 'before', () =>
    together(session.signal, (signal) => [
      lookThrough(playing, 'before', startedAt, signal),
      readTapsBefore(playing, signal),
      sendCanariesBefore(playing, signal),
    ]),
  )
  if (session.over) return

  announce(playing, 'during')
  const originAt = startedAt + beforeMs
  await playDuring(playing, originAt, (play) => withProbes(playing, 'during', play))
  if (session.over || held.all.some(({ isHeld }) => isHeld)) return

  announce(playing, 'after')
  const verified = held.verify()
  // Faults may be gone long before their phase is over.
  const beganAt = Math.max(originAt + scenario.planned.during, ...record.faults.map(({ undone }) => undone ?? 0))
  await withProbes(playing, 'after', () => lookThrough(playing, 'after', beganAt, session.signal))
  await verified
  if (!session.over) await readTaps('end', playing)
}

/** The last reading that belongs to `before` as a whole: what begins with `during` may begin at that very moment. */
async function readTapsBefore(playing: Playing, signal: AbortSignal): Promise<void> {
  const { scenario, live, startedAt } = playing
  const moment = startedAt + scenario.planned.before - tapsLeadMs
  await live.clock.sleep(moment - live.clock.now(), signal)
  if (!signal.aborted) await readTaps('asked', playing)
}

/** One may be late by chance: the first is sent as the phase begins, the last so that its time is up before the end. */
async function sendCanariesBefore({ scenario, live, held, startedAt }: Playing, signal: AbortSignal): Promise<void> {
  const { clock } = live
  const sendAt = async (fault: HeldFault, lengthMs: number, share: number) => {
    await clock.sleep(startedAt + lengthMs * share - clock.now(), signal)
    if (!signal.aborted) await fault.sendCanaries('before')
  }
  await Promise.all(
    held.all.flatMap((fault) => {
      const lengthMs = Math.max(0, scenario.planned.before - tapsLeadMs - fault.canaryLimitMs)
      return canaryShares.map((share) => sendAt(fault, lengthMs, share))
    }),
  )
}

function announce({ scenario, onProgress }: Playing, phase: Phase): void {
  const faults = phase === 'during' ? scenario.faults.map(({ text }) => text) : []
  onProgress({ kind: 'phase', phase, lengthMs: scenario.planned[phase], faults })
}

/** Asks the probes of a phase for as long as `play` plays it. */
async function withProbes<Result>(playing: Playing, phase: Phase, play: () => Promise<Result>): Promise<Result> {
  const { scenario, record, prepared, live, session, settings, sequence } = playing
  const probes = scenario.probes.flatMap((planned) => {
    const { label } = planned
    const into = record.probes.find((probe) => probe.phase === phase && probe.label === label)
    if (planned.phase !== phase || into === undefined) return []
    return [{ planned, schema: prepared.schemaOf(scenario.name, phase, label), record: into }]
  })
  const asking = askProbes(probes, {
    clock: live.clock,
    signal: session.signal,
    redact: settings.redact,
    nextRequestId: () => requestId(settings.run, sequence.take(1)),
  })
  try {
    return await play()
  } finally {
    await asking.end()
  }
}
