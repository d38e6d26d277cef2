import { type ExitCode, exitCodes, worstExitCode } from '../core/errors.ts'
import { partsFolder } from '../core/parts.ts'
import type { EngineChoice } from '../engines/choice.ts'
import { buildTraces } from './build-traces.ts'
import { type EngineFinding, findEngines } from './engines.ts'
import { searchHome } from './home.ts'
import type { LiveRun } from './live-runs.ts'
import { lookAtAll, mendAll } from './mend.ts'
import { findParts, type PartFinding } from './parts.ts'
import { type Remnant, weightOf } from './remnant.ts'

/** What this machine has, and what older runs left on it. */
export interface Checkup {
  home: string
  parts: PartFinding[]
  /** The engines that were asked for; what they lack decides. */
  wanted: string
  engines: EngineFinding[]
  live: LiveRun[]
  /** What was removed; `null`: nothing was meant to be. */
  removed: Remnant[] | null
  left: Remnant[]
  /** See docs/doctor.md. */
  exitCode: ExitCode
}

export interface CheckupOptions {
  home: string
  /** Remove what was left behind. */
  fix: boolean
  /** The engines that are to be used. */
  wanted: EngineChoice
}

export async function checkUp({ home, fix, wanted }: CheckupOptions): Promise<Checkup> {
  const [parts, search] = await Promise.all([findParts(), searchHome(home)])
  const traces = [...search.traces, ...buildTraces(partsFolder())]
  const { removed, left } = fix ? await mendAll(traces) : { removed: null, left: await lookAtAll(traces) }
  const engines = await findEngines(wanted, parts)
  const lacks = engines.filter(({ name }) => name === wanted.name).flatMap((each) => each.lacks)
  const codes = [...left.map(weightOf), ...lacks.map(() => exitCodes.partMissing)]
  return { home, parts, wanted: wanted.name, engines, live: search.live, removed, left, exitCode: worstExitCode(codes) }
}
