import { exitCodes, messageOf } from '../core/errors.ts'
import { settled } from '../core/within.ts'
import { HeldFault } from '../fault/hold.ts'
import type { FaultRecord } from '../fault/record.ts'
import { canaryLimitMs } from '../fault/felt.ts'
import type { LoadPlay } from '../load/driver.ts'
import type { LoadSummary, WorkloadInteraction } from '../load/workload.ts'
import { causeOf } from '../record/cause.ts'
import type { EndedBy, RunRecord, ScenarioRecord } from '../record/record.ts'
import type { RunStore } from '../record/store.ts'
import { graceMs, playWindow, sicknessOf } from './health.ts'
import type { LiveSystem } from './live-system.ts'
import { healthWindowMs, leaseMs, type PlannedScenario } from './plan.ts'
import type { OnProgress } from './progress.ts'
import type { Session } from './session.ts'
import { type LoadSettings, orderLoad, type Sequence } from './workload.ts'

/** Health is looked for this long before a scenario is given up. */
const healthLimitMs = 10_000
export interface PlayInput {
  scenario: PlannedScenario
  interactions: readonly WorkloadInteraction[]
  baseline: NonNullable<RunRecord['baseline']>
  live: LiveSystem
  session: Session
  store: RunStore
  settings: LoadSettings
  sequence: Sequence
  onProgress: OnProgress
}

/**
 * Plays one scenario: health, then the load with the faults coming and going under it. Notes in `record` what happened
 * when, and judges nothing. Never rejects; when it returns, every fault was undone or says in its record why not.
 */
export async function playScenario(record: ScenarioRecord, input: PlayInput): Promise<void> {
  const { scenario, live, session, onProgress } = input
  const held = scenario.faults.map((fault) => new HeldFault(fault, live.faults))
  record.faults = held.map((fault) => fault.record)
  let play: LoadPlay | null = null
  try {
    record.health = await checkHealth(input)
    if (!record.health.healthy || session.over) return
    play = await startLoad(record, input)
    await goThroughPhases(record, held, play, input)
  } catch (error) {
    record.endedBy ??= causeOf(error)
    onProgress({ kind: 'trouble', text: messageOf(error) })
  } finally {
    for (const fault of held.toReversed()) {
      await fault.undo({ systemEnds: session.over })
      if (fault.record.asked !== null && fault.record.undone === null) session.end(notUndone(fault.record))
    }
    record.load = play && (await endLoad(play, scenario.timeoutMs, session.over))
    record.endedAt = live.clock.now()
    record.deaths = live.services.takeDeaths()
    record.endedBy ??= session.endedBy
  }
}

async function checkHealth({
  scenario,
  interactions,
  baseline,
  live,
  session,
  store,
  settings,
  sequence,
  onProgress,
}: PlayInput) {
  const startedAt = live.clock.now()
  onProgress({ kind: 'phase', phase: 'health', lengthMs: healthWindowMs, faults: [] })
  const files = store.files(scenario.name)
  const into = { samples: `${files.samples}.health`, evidence: `${files.evidence}.health` }
  for (;;) {
    const stages = [{ rate: scenario.rate, forMs: healthWindowMs }]
    const order = orderLoad({ settings, sequence, interactions, stages, timeoutMs: scenario.timeoutMs, into })
    const samples = await playWindow(live.load, order, session.signal)
    const reason = sicknessOf(samples, interactions, baseline)
    const tookMs = live.clock.now() - startedAt
    if (reason === null || tookMs > healthLimitMs || session.over) return { healthy: reason === null, reason, tookMs }
  }
}

async function startLoad(record: ScenarioRecord, input: PlayInput): Promise<LoadPlay> {
  const { scenario, interactions, live, session, store, settings, sequence, onProgress } = input
  const { before, during, after } = scenario.planned
  const stages = [{ rate: scenario.rate, forMs: before + during + after + scenario.settleMs }]
  const into = store.files(scenario.name)
  const order = orderLoad({ settings, sequence, interactions, stages, timeoutMs: scenario.timeoutMs, into })
  record.taps.push(await live.snapshot('start'))
  const play = await live.load.play(order, (tick) => onProgress({ kind: 'tick', tick }))
  record.startedAt = play.startedAt
  play.done.catch((error) => session.fail(error))
  return play
}

async function goThroughPhases(
  record: ScenarioRecord,
  held: HeldFault[],
  play: LoadPlay,
  input: PlayInput,
): Promise<void> {
  const { scenario, live, session, onProgress } = input
  const { clock } = live
  const { before, during, after } = scenario.planned
  const note = async (label: string) => void record.taps.push(await live.snapshot(label))
  const until = (moment: number) => session.sleep(moment - clock.now())

  onProgress({ kind: 'phase', phase: 'before', lengthMs: before, faults: [] })
  for (const fault of held) await fault.probe('before')
  await until(play.startedAt + before)
  if (session.over) return

  await note('asked')
  for (const fault of held) {
    await fault.inject(leaseMs(scenario))
    onProgress({ kind: 'fault', text: fault.record.text, state: 'in force' })
  }
  await note('inForce')
  const undoAt = clock.now() + during
  onProgress({ kind: 'phase', phase: 'during', lengthMs: during, faults: scenario.faults.map(({ text }) => text) })
  // The canary looks twice, at the beginning and right before the end: the fault was there all the time.
  await Promise.all(held.map((fault) => fault.probe('during')))
  await until(undoAt - Math.max(...scenario.faults.map(({ fault }) => canaryLimitMs(fault))))
  if (session.over) return
  await Promise.all(held.map((fault) => fault.probe('during')))
  await until(undoAt)
  if (session.over) return

  await note('undoAsked')
  for (const fault of held.toReversed()) {
    await fault.undo()
    // The way out says so, and ends the run.
    if (fault.record.undone === null) return
    onProgress({ kind: 'fault', text: fault.record.text, state: 'undone' })
  }
  await note('undone')
  const last = record.faults.reduce((latest, { undone }) => Math.max(latest, undone ?? 0), 0)
  onProgress({ kind: 'phase', phase: 'after', lengthMs: after, faults: [] })
  await until((last || clock.now()) + after)
  await note('end')
}

/** Lets the load come to its end, or cuts it off when the run is over; `null` when it left no summary. */
async function endLoad(play: LoadPlay, timeoutMs: number, over: boolean): Promise<LoadSummary | null> {
  const done = play.done.catch(() => null)
  if (!over) {
    play.stop()
    await settled(timeoutMs + graceMs, done)
  }
  await play[Symbol.asyncDispose]()
  return settled(graceMs, done)
}

/** The run goes no further with a fault in it; whether one remains is known when everything was ended. */
function notUndone({ text, trouble }: FaultRecord): EndedBy {
  return { code: 'NOT_UNDONE', message: `${text} could not be undone: ${trouble}`, exitCode: exitCodes.stopped }
}
