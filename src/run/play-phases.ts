import { requestId } from '../load/sample.ts'
import type { Phase } from '../scenario/define.ts'
import type { Playing } from './play.ts'
import { playDuring } from './play-during.ts'
import { lookThrough } from './play-looks.ts'
import { askProbes } from './probes.ts'
import { readTaps, tapsLeadMs } from './taps.ts'

/** Goes through the phases under the load that has begun; returns early when the run is over, or a fault does not go. */
export async function playPhases(playing: Playing): Promise<void> {
  const { session, live, held, record, startedAt } = playing
  const { signal } = session

  announce(playing, 'before')
  const [beforeMs] = await withProbes(playing, 'before', () =>
    Promise.all([
      lookThrough(playing, 'before', startedAt, signal),
      readTapsBefore(playing),
      ...held.all.map((fault) => fault.sendCanaries('before')),
    ]),
  )
  if (session.over) return

  announce(playing, 'during')
  await playDuring(playing, startedAt + beforeMs, (play) => withProbes(playing, 'during', play))
  if (session.over || held.all.some(({ isHeld }) => isHeld)) return

  announce(playing, 'after')
  const verified = held.verify()
  const undone = Math.max(...record.faults.map((fault) => fault.undone ?? 0)) || live.clock.now()
  await withProbes(playing, 'after', () => lookThrough(playing, 'after', undone, signal))
  await verified
  if (!session.over) await readTaps('end', playing)
}

/** The last reading that belongs to `before` as a whole: what begins with `during` may begin at that very moment. */
async function readTapsBefore(playing: Playing): Promise<void> {
  const { scenario, session, live, startedAt } = playing
  const moment = startedAt + scenario.planned.before - tapsLeadMs
  await live.clock.sleep(moment - live.clock.now(), session.signal)
  if (!session.over) await readTaps('asked', playing)
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
