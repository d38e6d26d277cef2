import { shellWord } from '../core/shell-word.ts'
import type { LogLine } from '../record/log-lines.ts'
import type { EndedBy, Part, RunRecord } from '../record/record.ts'
import type { Coverage, RunVerdict, ScenarioVerdict, Word } from '../verdict/verdict.ts'
import type { Decision } from './decision.ts'

/** Everything a reader of a run may want to know; versioned, schema in schema/report.v2.schema.json. */
export interface Report {
  format: 'brownout-report'
  /** Version 1 is still read: `upgradeReport` makes a 2 of it. */
  version: 2
  run: {
    id: string
    brownout: string
    system: string
    /** The config file as the user named it; `null`: the one in the working folder. Scenarios' files are relative to its folder. */
    config: string | null
    /** ms since the epoch */
    startedAt: number
    /** `null` when it has not ended, or was killed. */
    tookMs: number | null
    seed: number
    variants: string[]
    /** Whether it was to play every scenario of the system; else somebody asked for just these. */
    whole: boolean
    engines: string
    parts: Part[]
    endedBy: EndedBy | null
    faultsLeft: string[]
  }
  word: Word
  scenarios: ScenarioReport[]
  /** Scenarios that the plan held and the run never came to. */
  notPlayed: { name: string; title: string; file: string }[]
  coverage: Coverage
  /** The same numbers of earlier runs of this system, oldest first, this one last. */
  coverageOverTime: CoveragePoint[]
  /** Against an earlier report, if one was named. */
  comparison: Comparison | null
  /** Given by the gate; `null` when nobody asked it. */
  decision: Decision | null
}

export interface CoveragePoint {
  run: string
  /** ms since the epoch */
  at: number
  proven: number
  declared: number
  undeclared: number
}

/** What changed since an earlier run; promises by `'scenario: phase: text'`. */
export interface Comparison {
  /** Id of the earlier run. */
  against: string
  newlyBroken: string[]
  newlyKept: string[]
  newlyUndecided: string[]
  /** Scenarios and promises that only one of the two runs has. */
  added: string[]
  removed: string[]
}

export interface ScenarioReport extends ScenarioVerdict {
  /** When its load began, ms since the epoch, and how long it went on; `null` when it did not come to that. */
  startedAt: number | null
  tookMs: number | null
  /** Why it was cut short or could not be played. */
  endedBy: EndedBy | null
  /** One command that plays just this again. */
  replay: string
  /** Request id → what the services logged about it, for the evidence that is shown. */
  logs: Record<string, LogLine[]>
}

/** The gate adds what it knows beside the run: earlier points of coverage, a comparison, its decision. */
export function makeReport(record: RunRecord, verdict: RunVerdict, logsOf: (requestId: string) => LogLine[]): Report {
  const begun = new Set(record.scenarios.map(({ name }) => name))
  return {
    format: 'brownout-report',
    version: 2,
    run: {
      id: record.id,
      brownout: record.brownout,
      system: record.system.name,
      config: record.config,
      startedAt: record.startedAt,
      tookMs: record.endedAt === null ? null : record.endedAt - record.startedAt,
      seed: record.seed,
      variants: record.variants,
      whole: record.whole,
      engines: record.engines.name,
      parts: record.engines.parts,
      endedBy: record.endedBy,
      faultsLeft: record.faultsLeft,
    },
    word: verdict.word,
    scenarios: verdict.scenarios.map((scenario) => ({
      ...scenario,
      ...courseOf(record, scenario.name),
      faults: faultsOf(record, scenario.name),
      replay: replayCommand(record, scenario.name),
      logs: Object.fromEntries(shownEvidence(scenario).map(({ requestId }) => [requestId, logsOf(requestId)])),
    })),
    notPlayed: record.planned.filter(({ name }) => !begun.has(name)),
    coverage: verdict.coverage,
    coverageOverTime: [coveragePoint(record, verdict.coverage)],
    comparison: null,
    decision: null,
  }
}

function coveragePoint({ id, startedAt }: RunRecord, coverage: Coverage): CoveragePoint {
  const { proven, declared, undeclared } = coverage
  return { run: id, at: startedAt, proven, declared, undeclared }
}

function courseOf({ scenarios }: RunRecord, name: string): Pick<ScenarioReport, 'startedAt' | 'tookMs' | 'endedBy'> {
  const { startedAt = null, endedAt = null, endedBy = null } = scenarios.find((each) => each.name === name) ?? {}
  return { startedAt, tookMs: startedAt === null || endedAt === null ? null : endedAt - startedAt, endedBy }
}

/** Each fault with the edges it hit, where its own words do not name them. */
function faultsOf({ scenarios }: RunRecord, name: string): string[] {
  const faults = scenarios.find((scenario) => scenario.name === name)?.faults ?? []
  return faults.map(({ text, edges }) =>
    edges.every((edge) => text.includes(edge)) ? text : `${text} on ${edges.join(', ')}`,
  )
}

function replayCommand({ seed, variants, config, engines }: RunRecord, scenario: string): string {
  const from = config === null ? [] : [`--config ${shellWord(config)}`]
  return [
    'npx brownout gate',
    ...from,
    `--only ${shellWord(scenario)}`,
    `--seed ${seed}`,
    ...variants.map((variant) => `--variant ${shellWord(variant)}`),
    ...(engines.name === 'embedded' ? [] : [`--engines ${shellWord(engines.name)}`]),
  ].join(' ')
}

/** The evidence of broken promises, and the first broken response if there is none. */
function shownEvidence(scenario: ScenarioVerdict) {
  const ofPromises = scenario.promises.flatMap(({ status, evidence }) =>
    status === 'broken' && evidence ? [evidence] : [],
  )
  return ofPromises.length > 0 ? ofPromises : scenario.firstBroken.slice(0, 1)
}
