import { join } from 'node:path'
import { monotonicClock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import { sweepLedgers } from '../fault/sweep.ts'
import type { RunRecord, ScenarioRecord } from '../record/record.ts'
import { RunStore } from '../record/store.ts'
import { playBaseline } from '../run/baseline.ts'
import { bringUp, type LiveSystem } from '../run/live-system.ts'
import { faultsLeft } from '../run/not-undone.ts'
import { playScenario } from '../run/play.ts'
import type { PlannedInteraction, PlannedScenario } from '../run/plan.ts'
import type { OnProgress } from '../run/progress.ts'
import { openSession, type Session } from '../run/session.ts'
import { fillRows, type LoadSettings, Sequence } from '../run/workload.ts'
import { blankRun, blankScenario, type RunInput } from './blank.ts'
import { endedByOf } from './ended-by.ts'
import { saveLast, withRecord } from './save-last.ts'

export interface GateInput extends RunInput {
  /** Folder that holds runs; ledgers are kept beside them. */
  home: string
  onProgress: OnProgress
  /** Told as soon as the run can be ended from outside. */
  onSession(session: Session): void
}

/** A played run: what happened is in `record`, and on disk in `folder`. */
export interface Played {
  record: RunRecord
  folder: string
}

/** Plays all scenarios, one after the other, on one running system. Undoes everything, whatever happens. */
export async function playGate(input: GateInput): Promise<Played> {
  const { prepared, onProgress } = input
  const { plan } = prepared
  const store = new RunStore(join(input.home, 'runs', input.run))
  const clock = monotonicClock()
  const record = blankRun(input, clock.now())
  store.save(record)
  const ledgers = join(input.home, 'ledgers')
  const leftovers = await sweepLedgers(ledgers)
  for (const { what, why } of leftovers)
    onProgress({ kind: 'trouble', text: `left behind by an older run: ${what}: ${why}` })
  record.faultsLeft = leftovers.filter(({ isFault }) => isFault).map(({ what }) => `${what} of an older run`)
  const session = await openSession(input.run, ledgers, clock, store.log('watcher')).catch((error) => {
    throw withRecord(error, record)
  })
  input.onSession(session)
  try {
    const startedAt = clock.now()
    const { files, apiPort, doorOf } = prepared
    onProgress({ kind: 'step', text: `starting ${plan.topology.name}` })
    const live = await bringUp({
      plan,
      system: files.system.definition,
      engines: input.engines,
      session,
      apiPort,
      doorOf,
      log: (name) => store.log(name),
    })
    record.engines.parts = live.parts
    onProgress({ kind: 'ready', instances: plan.topology.instances.length, tookMs: clock.now() - startedAt })
    await playAll(input, record, live, session, store, clock.anchor)
  } catch (error) {
    session.fail(error)
  } finally {
    const failures = await session.close().catch((error) => [{ what: 'the run', why: messageOf(error) }])
    const faults = record.scenarios.flatMap((scenario) => scenario.faults)
    record.faultsLeft.push(...faultsLeft(faults, failures))
    for (const { what, why } of failures) onProgress({ kind: 'trouble', text: `could not end ${what}: ${why}` })
    record.endedBy = endedByOf(session.endedBy, failures)
    record.endedAt = clock.now()
    saveLast(store, record)
  }
  return { record, folder: store.folder }
}

async function playAll(
  input: GateInput,
  record: RunRecord,
  live: LiveSystem,
  session: Session,
  store: RunStore,
  clock: LoadSettings['clock'],
): Promise<void> {
  const { prepared, onProgress, run } = input
  const { plan, files } = prepared
  const sequence = new Sequence()
  const contracts = { files: files.contracts.map(({ file }) => join(files.folder, file)), hash: plan.terms.hash }
  const redact = files.system.definition.redact ?? []
  const settings = { run, seed: plan.seed, clock, contracts, redact }
  const fill = (interactions: readonly PlannedInteraction[]) =>
    fillRows(interactions, prepared.valuesOf, live.enterState)

  const everything = await fill(mixOfAll(plan.scenarios))
  const baseline = await playBaseline(everything, { plan, live, session, store, settings, sequence, onProgress })
  record.baseline = baseline

  for (const [index, scenario] of plan.scenarios.entries()) {
    if (session.over) return
    onProgress({
      kind: 'scenario',
      name: scenario.name,
      title: scenario.title,
      number: index + 1,
      of: plan.scenarios.length,
    })
    const played: ScenarioRecord = blankScenario(scenario)
    record.scenarios.push(played)
    const interactions = await fill(scenario.interactions)
    await playScenario(played, {
      scenario,
      interactions,
      baseline,
      prepared,
      live,
      session,
      store,
      settings,
      sequence,
      onProgress,
    })
    store.save(record)
    const dead = played.deaths[0]
    if (dead && index + 1 < plan.scenarios.length)
      session.end({
        code: 'SERVICE_DIED',
        message: `${dead.instance} died (${dead.exit}); the scenarios after it were not played`,
        exitCode: 1,
      })
  }
}

/** Every interaction of every scenario once, with its largest weight. */
function mixOfAll(scenarios: readonly PlannedScenario[]): PlannedInteraction[] {
  const mix = new Map<number, PlannedInteraction>()
  for (const interaction of scenarios.flatMap(({ interactions }) => interactions)) {
    const known = mix.get(interaction.id)
    if (!known || known.weight < interaction.weight) mix.set(interaction.id, interaction)
  }
  return [...mix.values()]
}
