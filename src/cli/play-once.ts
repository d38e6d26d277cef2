import { join } from 'node:path'
import { type ExitCode, exitCodes, worstExitCode } from '../core/errors.ts'
import { type Played, playGate } from '../gate/gate.ts'
import { markLive } from '../record/live.ts'
import type { Report } from '../report/report.ts'
import { targetsOf } from '../run/blast-radius.ts'
import type { Engines } from '../run/engines.ts'
import type { Prepared } from '../run/prepare.ts'
import type { OnProgress } from '../run/progress.ts'
import { describe, exitCodeOf } from './exit.ts'
import { tellGitHub } from './github.ts'
import { judgeRunFolder, unstored } from './judge.ts'
import { showProgress } from './live.ts'
import type { PlayOptions } from './options.ts'
import { renderTargets } from './plan-text.ts'
import { print, printReport, storeReport } from './print.ts'
import { complain } from './safe-text.ts'
import { endOnSignals, sessionIsOver } from './signals.ts'
import { version } from './version.ts'

/** A run that is planned and not yet begun. */
export interface Ready {
  run: string
  home: string
  prepared: Prepared
  engines: Engines
}

/** How a run ended; without a report when we could not make one, which was told. */
export interface Outcome {
  run: string
  seed: number
  report: Report | null
  exitCode: ExitCode
}

/** Plays and judges, stores the report, then prints it. Never rejects: what a run found is not lost by what comes after it. */
export async function playOnce(options: PlayOptions, ready: Ready, earlier: Report | null): Promise<Outcome> {
  const { run, home, prepared, engines } = ready
  const { json = false, quiet = false } = options
  const { seed } = prepared.plan
  let played: Played | null = null
  try {
    using _live = markLive(join(home, 'runs', run))
    if (!json && !quiet) print(renderTargets(targetsOf(prepared.plan)))
    played = await playGate({
      prepared,
      engines,
      run,
      brownout: version,
      config: options.config ?? null,
      home,
      onProgress: quiet ? showTrouble : showProgress(json ? process.stderr : process.stdout),
      onSession: endOnSignals,
    })
    sessionIsOver()
    const { report, files } = store(judgeRunFolder(played.folder, earlier), played)
    printReport(report, files, { json, quiet })
    tellGitHub(report, process.env)
    return { run, seed, report, exitCode: worstExitCode([report.decision?.exitCode ?? exitCodes.bug]) }
  } catch (error) {
    sessionIsOver()
    complain(describe(error))
    return { run, seed, report: null, exitCode: worstExitCode([...endsOf(played), exitCodeOf(error)]) }
  }
}

const showTrouble: OnProgress = (progress) => {
  if (progress.kind === 'trouble') complain(`trouble: ${progress.text}`)
}

/** A gate without its reports is none: what reads them would find nothing, or those of another run. */
function store(report: Report, { folder, record }: Played): { report: Report; files: string[] } {
  try {
    return { report, files: storeReport(report, folder) }
  } catch (error) {
    complain(describe(error))
    return { report: unstored(report, record.policy, error), files: [] }
  }
}

/** Exit codes of what the record says of the run's end; what may still be in force is told, since no report will. */
function endsOf(played: Played | null): number[] {
  if (played === null) return []
  const { faultsLeft, endedBy } = played.record
  for (const fault of faultsLeft) complain(`${fault} may still be in force.`)
  return [...faultsLeft.map(() => exitCodes.faultMayRemain), ...(endedBy ? [endedBy.exitCode] : [])]
}
