import { join, resolve } from 'node:path'
import { embeddedEngines } from '../engines/embedded.ts'
import { decide } from '../gate/decide.ts'
import { playGate } from '../gate/gate.ts'
import { targetsOf } from '../run/blast-radius.ts'
import { prepare } from '../run/prepare.ts'
import { exitWith } from './exit.ts'
import { judgeRunFolder } from './judge.ts'
import { showProgress } from './live.ts'
import { newRunId, newSeed } from './new-run.ts'
import type { PlayOptions } from './options.ts'
import { planJson, renderPlan, renderTargets } from './plan-text.ts'
import { print, printReport } from './print.ts'
import { endOnSignals } from './signals.ts'
import { version } from './version.ts'

/** Plans and, unless it is a dry run, plays; prints the report and ends with its exit code. */
export function play(options: PlayOptions): Promise<void> {
  return exitWith(async () => {
    const run = newRunId()
    const home = resolve(options.home)
    const folder = join(home, 'runs', run)
    const prepared = await prepare({
      config: options.config,
      cwd: process.cwd(),
      variants: options.variant,
      only: options.only ?? [],
      seed: options.seed ?? newSeed(),
      data: join(folder, 'data'),
    })
    const targets = targetsOf(prepared.plan)
    if (options.dryRun) {
      print(options.json ? planJson(prepared.plan) : renderPlan(prepared.plan, targets))
      return 0
    }
    const quiet = options.json === true
    if (!quiet) print(renderTargets(targets))
    await playGate({
      prepared,
      engines: embeddedEngines(version),
      run,
      brownout: version,
      config: options.config ?? null,
      home,
      onProgress: showProgress(quiet ? process.stderr : process.stdout),
      onSession: endOnSignals,
    })
    const report = judgeRunFolder(folder)
    report.decision = decide(report)
    printReport(report, folder, { json: quiet, quiet: false })
    return report.decision.exitCode
  })
}
