import { join, resolve } from 'node:path'
import { exitCodes, worstExitCode, type ExitCode } from '../core/errors.ts'
import { embeddedEngines } from '../engines/embedded.ts'
import { findEarlier } from '../gate/earlier-runs.ts'
import { playGate } from '../gate/gate.ts'
import { markLive } from '../record/live.ts'
import { pruneHome, type PruneOptions } from '../record/prune.ts'
import type { Report } from '../report/report.ts'
import { pageOf } from '../report/page.ts'
import { targetsOf } from '../run/blast-radius.ts'
import { prepare, type Prepared } from '../run/prepare.ts'
import type { OnProgress } from '../run/progress.ts'
import { exitWith } from './exit.ts'
import { judgeRunFolder } from './judge.ts'
import { showProgress } from './live.ts'
import { newRunId, newSeed, today } from './new-run.ts'
import type { PlayOptions } from './options.ts'
import { planJson, renderPlan, renderTargets } from './plan-text.ts'
import { print, printReport } from './print.ts'
import { renderPruned } from './remove-runs.ts'
import { renderRepeats } from './repeats-text.ts'
import { endOnSignals } from './signals.ts'
import { version } from './version.ts'

/** A run that is planned and not yet begun. */
interface Ready {
  run: string
  home: string
  prepared: Prepared
}

/** Plans and, unless it is a dry run, plays, as often as asked; prints the reports and ends with the worst exit code. */
export function play(options: PlayOptions): Promise<void> {
  return exitWith(async () => {
    const { repeat = 1, seed = newSeed() } = options
    let ready = await makeReady(options, seed)
    if (options.dryRun) {
      const { plan } = ready.prepared
      print(options.json ? planJson(plan) : renderPlan(plan, targetsOf(plan)))
      return exitCodes.kept
    }
    const earlier = earlierOf(options, ready)
    const reports = [await playOnce(options, ready, earlier)]
    while (reports.length < repeat && reports.every(mayGoOn)) {
      ready = await makeReady(options, options.seed ?? seed + reports.length)
      reports.push(await playOnce(options, ready, earlier))
    }
    const tell = options.json ? (text: string) => void process.stderr.write(text) : print
    if (repeat > 1) tell(`\n${renderRepeats(reports, pageOf(process.stdout.columns))}`)
    const spare = reports.map(({ run }) => run.id)
    if (options.keep !== undefined) prune(ready.home, { keep: options.keep, spare }, tell)
    return worstExitCode(reports.map(exitCodeOf))
  })
}

async function makeReady(options: PlayOptions, seed: number): Promise<Ready> {
  const run = newRunId()
  const home = resolve(options.home)
  const prepared = await prepare({
    config: options.config,
    cwd: process.cwd(),
    variants: options.variant,
    only: options.only ?? [],
    seed,
    today: today(),
    data: join(home, 'runs', run, 'data'),
  })
  return { run, home, prepared }
}

/** What to compare with, looked for before anything is played. */
function earlierOf({ against }: PlayOptions, { run, home, prepared }: Ready): Report | null {
  if (against === undefined) return null
  const { variants, topology } = prepared.plan
  const earlier = findEarlier(join(home, 'runs'), against, { id: run, variants, system: topology })
  if (!earlier) process.stderr.write('nothing to compare with: no earlier run played everything to its end\n')
  return earlier
}

async function playOnce(options: PlayOptions, ready: Ready, earlier: Report | null): Promise<Report> {
  const { run, home, prepared } = ready
  const { json = false, quiet = false } = options
  using _live = markLive(join(home, 'runs', run))
  if (!json && !quiet) print(renderTargets(targetsOf(prepared.plan)))
  const { folder } = await playGate({
    prepared,
    engines: embeddedEngines(version),
    run,
    brownout: version,
    config: options.config ?? null,
    home,
    onProgress: quiet ? showTrouble : showProgress(json ? process.stderr : process.stdout),
    onSession: endOnSignals,
  })
  const report = judgeRunFolder(folder, earlier)
  printReport(report, folder, { json, quiet })
  return report
}

const showTrouble: OnProgress = (progress) => {
  if (progress.kind === 'trouble') process.stderr.write(`trouble: ${progress.text}\n`)
}

/** What a run found is a reason to look again; what ended it is none. */
function mayGoOn(report: Report): boolean {
  const code = exitCodeOf(report)
  return code === exitCodes.kept || code === exitCodes.broken || code === exitCodes.inconclusive
}

function exitCodeOf({ decision }: Report): ExitCode {
  return (decision?.exitCode ?? exitCodes.bug) as ExitCode
}

/** The outcome of the runs stands, whether or not older ones could be removed. */
function prune(home: string, options: PruneOptions, tell: (text: string) => void): void {
  const { pruned, failures } = pruneHome(home, options)
  if (pruned.length > 0) tell(renderPruned(pruned, false))
  for (const failure of failures) process.stderr.write(`${failure}\n`)
}
