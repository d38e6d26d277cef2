import { formatMs } from '../core/duration.ts'
import { messageOf } from '../core/errors.ts'
import { settled, unlessAborted } from '../core/within.ts'
import { HeldFaults } from '../fault/held-faults.ts'
import { blankFault } from '../fault/hold.ts'
import type { LoadPlay } from '../load/driver.ts'
import type { LoadSummary, WorkloadInteraction } from '../load/workload.ts'
import { causeOf } from '../record/cause.ts'
import type { RunRecord, ScenarioRecord } from '../record/record.ts'
import type { RunStore } from '../record/store.ts'
import { checkHealth } from './check-health.ts'
import { graceMs } from './health.ts'
import type { LiveSystem } from './live-system.ts'
import type { PlannedScenario } from './plan-scenario.ts'
import { notBack, notUndone } from './not-undone.ts'
import { playPhases } from './play-phases.ts'
import { leftOf, ownScriptOf } from './play-script.ts'
import type { Prepared } from './prepare.ts'
import type { OnProgress } from './progress.ts'
import type { Session } from './session.ts'
import { endSurges } from './surges.ts'
import { readTaps } from './taps.ts'
import { watchMachine } from './watch-machine.ts'
import { type LoadSettings, orderLoad, type Sequence } from './workload.ts'

export interface PlayInput {
  scenario: PlannedScenario
  interactions: readonly WorkloadInteraction[]
  baseline: NonNullable<RunRecord['baseline']>
  prepared: Pick<Prepared, 'plan' | 'schemaOf'>
  live: LiveSystem
  session: Session
  store: RunStore
  settings: LoadSettings
  sequence: Sequence
  onProgress: OnProgress
}

/** A scenario under way. */
export interface Playing extends PlayInput {
  record: ScenarioRecord
  held: HeldFaults
  /** When the load began, on the run's clock. */
  startedAt: number
}

/**
 * Plays one scenario: health, then the load with the faults coming and going under it. Notes in `record` what happened
 * when, and judges nothing. Never rejects; when it returns, every fault was undone or says in its record why not.
 */
export async function playScenario(record: ScenarioRecord, input: PlayInput): Promise<void> {
  const { scenario, live, session, onProgress } = input
  record.faults = scenario.faults.map(blankFault)
  const held = new HeldFaults(scenario.faults, record.faults, live.faults)
  let play: LoadPlay | null = null
  using _machine = watchMachine(live.clock, (record.machine = []))
  try {
    record.health = await checkHealth(input)
    if (!record.health.healthy || session.over) return
    play = await startLoad(record, input)
    await playPhases({ ...input, record, held, startedAt: play.startedAt })
  } catch (error) {
    record.endedBy ??= session.endedBy ?? causeOf(error)
    onProgress({ kind: 'trouble', text: messageOf(error) })
  } finally {
    await held.undoAll({ systemEnds: session.over })
    endSurges(record.faults, live.clock.now())
    const left = held.all.filter(({ isHeld }) => isHeld)
    for (const fault of left) if (!fault.endsInstances) session.end(notUndone(fault.record))
    record.load = play && (await endLoad(play, input))
    record.endedAt = live.clock.now()
    record.deaths = live.services.takeDeaths()
    record.endedBy ??= session.endedBy
    // That is no end of ours: what was seen of the scenario counts, and nothing can be played after it.
    for (const fault of left) if (fault.endsInstances) session.end(notBack(fault.record))
  }
}

async function startLoad(record: ScenarioRecord, input: PlayInput): Promise<LoadPlay> {
  const { scenario, interactions, live, session, store, settings, sequence, onProgress } = input
  const { stages, timeoutMs } = scenario
  const into = store.files(scenario.name)
  const script = scenario.script && ownScriptOf(scenario.script)
  const order = orderLoad({ settings, sequence, interactions, stages, script, timeoutMs, into })
  await readTaps('start', { record, live })
  const play = await live.load.play(order, (tick) => onProgress({ kind: 'tick', tick }))
  record.startedAt = play.startedAt
  play.done.catch((error) => session.fail(error))
  return play
}

/** Lets the load come to its end, or cuts it off as soon as the run is over; `null` when it left no summary. */
async function endLoad(
  play: LoadPlay,
  { scenario, session, live, onProgress }: PlayInput,
): Promise<LoadSummary | null> {
  const done = play.done.catch(() => null)
  const over = session.signal
  if (!over.aborted) {
    play.stop()
    const leftMs = leftOf(scenario, live.clock.now() - play.startedAt)
    if (scenario.script?.thresholds && (await settled(0, done)) === null) {
      const text = `  ${scenario.script.name} plays to its end, for its thresholds: ${formatMs(leftMs)} at most`
      onProgress({ kind: 'step', text })
    }
    await unlessAborted(over, settled(leftMs + graceMs, done)).catch(() => null)
  }
  await play[Symbol.asyncDispose]()
  return settled(graceMs, done)
}
