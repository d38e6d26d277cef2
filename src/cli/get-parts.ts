import { formatMs } from '../core/duration.ts'
import { exitCodes, worstExitCode } from '../core/errors.ts'
import { type PartName, partsFolder } from '../core/parts.ts'
import { buildPart } from '../engines/parts/build.ts'
import { howToMend } from '../engines/parts/how-to-install.ts'
import { inspectPart } from '../engines/parts/inspect.ts'
import { recipes } from '../engines/parts/recipes.ts'
import type { EndedBy } from '../record/record.ts'
import { describe, exitCodeOf, exitWith } from './exit.ts'
import { print } from './print.ts'
import { complain } from './safe-text.ts'
import { endOnSignals } from './signals.ts'

/** Far more than a small machine needs to fetch all sources and build them. */
const buildLimitMs = 15 * 60_000

/** Says of each part where it is, and builds what is not here and can be built. One that cannot be had does not keep the others. */
export function getParts(names: readonly PartName[]): Promise<void> {
  return exitWith(async () => {
    const interrupt = interruption()
    const codes: number[] = []
    for (const name of names) {
      if (interrupt.signal.aborted) break
      const code = await getPart(name, interrupt.signal).catch((error: unknown) => {
        // What was asked to end has not failed.
        if (!interrupt.signal.aborted) complain(describe(error))
        return interrupt.signal.aborted ? exitCodes.kept : exitCodeOf(error)
      })
      codes.push(code)
    }
    if (interrupt.cause) complain(interrupt.cause.message)
    return worstExitCode([...codes, interrupt.cause?.exitCode ?? exitCodes.kept])
  })
}

/** Aborts when the process is asked to end. */
function interruption(): { signal: AbortSignal; cause: EndedBy | null } {
  const abort = new AbortController()
  const interrupt: ReturnType<typeof interruption> = { signal: abort.signal, cause: null }
  endOnSignals({
    end(cause) {
      interrupt.cause ??= cause
      abort.abort()
    },
    fail(error) {
      complain(describe(error))
      process.exit(exitCodes.bug)
    },
  })
  return interrupt
}

/** Resolves with an exit code. Rejects when the part cannot be built, or the signal aborts. */
async function getPart(name: PartName, signal: AbortSignal): Promise<number> {
  const part = await inspectPart(name)
  const { found, version, trouble } = part
  if (found !== null && trouble === null) {
    print(`${name} ${version} is there: ${found.file} (${found.from})\n`)
    return exitCodes.kept
  }
  if (trouble !== null) complain(`${trouble}.`)
  // Nothing that we build would be found before what a variable names.
  if (name === 'redis-server' || found?.from.startsWith('BROWNOUT_')) {
    complain(`Hint: ${howToMend(part)}`)
    return exitCodes.partMissing
  }
  const recipe = recipes[name]
  print(`building ${name} ${recipe.version} from its sources, which takes a minute or two\n`)
  const startedAt = performance.now()
  const file = await buildPart(recipe, { folder: partsFolder(), signal, limitMs: buildLimitMs })
  print(`${name} ${recipe.version} was built in ${formatMs(performance.now() - startedAt)}: ${file}\n`)
  return exitCodes.kept
}
