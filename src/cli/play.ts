import { join, resolve } from 'node:path'
import { exitCodes, worstExitCode, type ExitCode } from '../core/errors.ts'
import { type EngineChoice, readEngines, type Role } from '../engines/choice.ts'
import { readScriptBy } from '../engines/scripts.ts'
import { findEarlier } from '../gate/earlier-runs.ts'
import { pruneHome, type PruneOptions } from '../record/prune.ts'
import type { Report } from '../report/report.ts'
import { pageOf } from '../report/page.ts'
import { targetsOf } from '../run/blast-radius.ts'
import { prepare } from '../run/prepare.ts'
import { describe, exitCodeOf, exitWith } from './exit.ts'
import { enginesFor } from './engines.ts'
import { newRunId, newSeed, today } from './new-run.ts'
import type { PlayOptions } from './options.ts'
import { planJson, renderPlan } from './plan-text.ts'
import { type Outcome, playOnce, type Ready } from './play-once.ts'
import { print } from './print.ts'
import { renderPruned } from './remove-runs.ts'
import { renderRepeats } from './repeats-text.ts'
import { complain } from './safe-text.ts'

const played: readonly Role[] = ['load', 'proxies', 'redis']

/** Plans and, unless it is a dry run, plays, as often as asked; prints the reports and ends with the worst exit code. */
export function play(options: PlayOptions): Promise<void> {
  return exitWith(async () => {
    const { repeat = 1, seed = newSeed() } = options
    if (options.dryRun) {
      const { choice, prepared } = await prepareRun(options, seed)
      const { plan } = prepared
      print(options.json ? planJson(plan) : renderPlan(plan, targetsOf(plan)))
      // What is missing does not keep the plan from being seen.
      await enginesFor(choice, prepared, played)
      return exitCodes.kept
    }
    const ready = await makeReady(options, seed)
    const earlier = earlierOf(options, ready)
    const outcomes = [await playOnce(options, ready, earlier)]
    while (outcomes.length < repeat && outcomes.every(mayGoOn))
      outcomes.push(await playNext(options, options.seed ?? seed + outcomes.length, earlier))
    const tell = options.json ? (text: string) => void process.stderr.write(text) : print
    if (repeat > 1) tell(`\n${renderRepeats(outcomes, pageOf(process.stdout.columns))}`)
    const spare = outcomes.map(({ run }) => run)
    if (options.keep !== undefined) prune(ready.home, { keep: options.keep, spare }, tell)
    return worstExitCode(outcomes.map(({ exitCode }) => exitCode))
  })
}

/** The definitions may be wrong by now, or a port be taken: that ends the repeating, and what was found before stands. */
async function playNext(options: PlayOptions, seed: number, earlier: Report | null): Promise<Outcome> {
  let ready: Ready
  try {
    ready = await makeReady(options, seed)
  } catch (error) {
    complain(describe(error))
    return { run: 'not begun', seed, report: null, exitCode: exitCodeOf(error) }
  }
  return playOnce(options, ready, earlier)
}

async function makeReady(options: PlayOptions, seed: number): Promise<Ready> {
  const { choice, ...planned } = await prepareRun(options, seed)
  return { ...planned, engines: await enginesFor(choice, planned.prepared, played) }
}

async function prepareRun(
  options: PlayOptions,
  seed: number,
): Promise<Omit<Ready, 'engines'> & { choice: EngineChoice }> {
  const run = newRunId()
  const home = resolve(options.home)
  const choice = readEngines(options.engines)
  const prepared = await prepare({
    config: options.config,
    cwd: process.cwd(),
    variants: options.variant,
    only: options.only ?? [],
    seed,
    today: today(),
    data: join(home, 'runs', run, 'data'),
    readScript: readScriptBy(choice),
  })
  return { run, home, prepared, choice }
}

/** What to compare with, looked for before anything is played. */
function earlierOf({ against }: PlayOptions, { run, home, prepared }: Ready): Report | null {
  if (against === undefined) return null
  const { variants, topology } = prepared.plan
  const earlier = findEarlier(join(home, 'runs'), against, { id: run, variants, system: topology })
  if (!earlier) complain('nothing to compare with: no earlier run played everything to its end')
  return earlier
}

/** What a run found is a reason to look again; what ended it is none. */
function mayGoOn({ report, exitCode }: Outcome): boolean {
  const mayAgain: readonly ExitCode[] = [exitCodes.kept, exitCodes.broken, exitCodes.inconclusive]
  return report !== null && mayAgain.includes(exitCode)
}

/** The outcome of the runs stands, whether or not older ones could be removed. */
function prune(home: string, options: PruneOptions, tell: (text: string) => void): void {
  const { pruned, failures } = pruneHome(home, options)
  if (pruned.length > 0) tell(renderPruned(pruned, false))
  for (const failure of failures) complain(failure)
}
