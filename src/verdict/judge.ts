import type { Terms } from '../contract/terms.ts'
import { formatMs } from '../core/duration.ts'
import type { SampleTable } from '../load/sample.ts'
import type { Evidence } from '../load/workload.ts'
import type { RunRecord, ScenarioRecord } from '../record/record.ts'
import { phases } from '../scenario/define.ts'
import { describePromise } from '../scenario/promise.ts'
import { classify, classOfCode } from './classify.ts'
import { coverageOf } from './coverage.ts'
import { excuse, whyCrowded } from './crowded.ts'
import { doubtsOf } from './doubts.ts'
import { type Exhibit, exhibitsOf } from './evidence.ts'
import { gapsOf } from './gaps.ts'
import { whyUnmeasured } from './measured.ts'
import { notesOfScript } from './of-script.ts'
import { type Proof, proofsOf } from './proofs.ts'
import { against } from './promises/against.ts'
import { judgePromise } from './promises/judge-promise.ts'
import type { Scene } from './promises/scene.ts'
import type { PromiseVerdict, RunVerdict, ScenarioVerdict, Word } from './verdict.ts'
import { isComplete, witnessOf } from './witness.ts'
import { wordOf, worstWord } from './word.ts'

const mostShown = 10

/** What the responses to a scenario's workload left: in the order they were sent. */
interface Responses {
  samples: SampleTable
  evidence: readonly Evidence[]
}

/** What a scenario's responses were worth. Pure: the same record gives the same verdict. `samples` are sorted by `sentAt`. */
export function judgeScenario(
  scenario: ScenarioRecord,
  terms: Terms,
  samples: SampleTable,
  evidence: readonly Evidence[],
): ScenarioVerdict {
  return judgeWithProofs(scenario, terms, { samples, evidence }).verdict
}

function judgeWithProofs(
  scenario: ScenarioRecord,
  terms: Terms,
  { samples, evidence }: Responses,
): { verdict: ScenarioVerdict; proofs: Proof[] } {
  const classified = classify(scenario, terms, samples)
  const scene: Scene = { scenario, terms, samples, classified }
  const exhibits = exhibitsOf(samples, evidence)
  const witnesses = scenario.faults.map((fault) => witnessOf(fault, scene))
  const unmeasured = whyUnmeasured(scenario.load, samples)
  const crowded = whyCrowded(scenario)
  const found = judgePromises(scene, exhibits).map((promise) => excuse(promise, crowded))
  // What was cut short accuses nobody: our own end, or that of our proxies, may have broken what was seen.
  const cutShort = scenario.endedBy === null ? null : 'it was cut short'
  const promises = found.map((promise) => weigh(promise, cutShort ?? unmeasured, witnesses.every(isComplete)))
  const doubts = doubtsOf({ scene, unmeasured, witnesses, promises: found })
  const deaths = scenario.deaths.map((death) => ({ instance: death.instance, text: describeDeath(death, scenario) }))
  const { counts } = classified
  const notes = notesOfScript(scenario, samples)
  const verdict: ScenarioVerdict = {
    name: scenario.name,
    title: scenario.title,
    file: scenario.file,
    word: wordOf({ doubts, promises, deaths, counts }),
    doubts,
    faults: scenario.faults.map(({ text }) => text),
    ...(notes.length > 0 ? { notes } : {}),
    promises,
    witnesses,
    gaps: gapsOf(scenario, terms),
    counts,
    firstBroken: exhibits
      .filter(({ index }) => classOfCode(classified.codes[index] as number) === 'broken')
      .slice(0, mostShown)
      .map((exhibit) => exhibit.evidence),
    deaths,
  }
  return { verdict, proofs: proofsOf(scene, verdict) }
}

/** Judges all scenarios of a run; `load` yields the responses of each. */
export function judgeRun(record: RunRecord, load: (scenario: ScenarioRecord) => Responses): RunVerdict {
  const judged = record.scenarios.map((scenario) => judgeWithProofs(scenario, record.terms, load(scenario)))
  const scenarios = judged.map(({ verdict }) => verdict)
  const played = new Set(scenarios.map(({ name }) => name))
  const complete = record.endedBy === null && record.planned.every(({ name }) => played.has(name))
  return {
    word: worstWord([...scenarios.map(({ word }) => word), ...(complete ? [] : incomplete)]),
    scenarios,
    coverage: coverageOf(
      record.terms,
      record.system.edges,
      judged.map(({ verdict, proofs }) => ({ scenario: verdict.name, proofs })),
    ),
  }
}

const incomplete: readonly Word[] = ['inconclusive']

function judgePromises(scene: Scene, exhibits: readonly Exhibit[]): PromiseVerdict[] {
  return phases.flatMap((phase) =>
    scene.scenario.promises[phase].map((promise) => {
      const finding = judgePromise(promise, phase, scene)
      const isAgainst = against(promise, phase, scene)
      const exhibit = finding.status === 'kept' ? undefined : exhibits.find(({ index }) => isAgainst(index))
      return { phase, promise, text: describePromise(promise), ...finding, evidence: exhibit?.evidence ?? null }
    }),
  )
}

/** A load that measured nothing decides nothing; a fault that nobody felt keeps nothing. */
function weigh(found: PromiseVerdict, unmeasured: string | null, witnessed: boolean): PromiseVerdict {
  const undecided = (why: string): PromiseVerdict => ({
    ...found,
    status: 'undecided',
    reason: `${why}: ${found.reason}`,
  })
  if (unmeasured !== null) return undecided(`undecided because ${unmeasured}`)
  if (found.status === 'kept' && !witnessed)
    return undecided('proves nothing, since nothing shows that the fault was felt')
  return found
}

function describeDeath(death: ScenarioRecord['deaths'][number], { startedAt }: ScenarioRecord): string {
  const { instance, at, exit, lastWords } = death
  const when = startedAt === null ? '' : `, ${formatMs(at - startedAt)} after the load began`
  const last = lastWords.at(-1)
  return `${instance} ended though no fault ended it (${exit}${when})${last === undefined ? '' : `: ${last}`}`
}
