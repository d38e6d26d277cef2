import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, startCommand } from '../../core/child.ts'
import { formatMs } from '../../core/duration.ts'
import { BrownoutError, type BrownoutErrorOptions, exitCodes, messageOf } from '../../core/errors.ts'
import { findExecutable } from '../../core/executable.ts'
import { askVersion, partFacts } from '../../core/parts.ts'
import { unlessAborted, within } from '../../core/within.ts'
import { lastLines } from '../../system/log-lines.ts'
import { goArgsOf, goModOf, type Recipe } from './recipes.ts'
import { makeWorkFolder } from './work-folder.ts'

export interface BuildOptions {
  /** Where the part is put, as a file of its own name. */
  folder: string
  /** Ends the build and removes what it has made so far. */
  signal: AbortSignal
  /** A build that takes longer has failed. */
  limitMs: number
}

/**
 * Builds a part from its sources, and returns its file. It is made beside its place and moved there when it runs and says
 * that it is what was asked for: a half-built part is never found, and one that is there is replaced only by a good one.
 * Rejects with exit code 6, and the last words of Go, when it cannot be built.
 */
export async function buildPart(recipe: Recipe, options: BuildOptions): Promise<string> {
  const { folder, signal } = options
  const { name, version } = recipe
  const go = findExecutable('go')
  if (go === null) throw cannotBuild(recipe, 'there is no Go on the PATH', { hint: withoutGo(recipe) })
  const work = makeWorkFolder(folder)
  try {
    const built = join(work, name)
    writeFileSync(join(work, 'go.mod'), goModOf(recipe))
    await runGo(go, recipe, work, options)
    const says = await askVersion(name, { file: built, from: 'just built' }).catch((error: unknown) => {
      throw cannotBuild(recipe, messageOf(error), { cause: error })
    })
    if (says !== version) throw cannotBuild(recipe, `what was built says that it is version ${says}`)
    signal.throwIfAborted()
    renameSync(built, join(folder, name))
    return join(folder, name)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function runGo(go: string, recipe: Recipe, work: string, { signal, limitMs }: BuildOptions): Promise<void> {
  const log = join(work, 'build.log')
  const failed = (why: string) => cannotBuild(recipe, why, { hint: offline, lastWords: lastWordsIn(log) })
  let child: Child | null = null
  try {
    const command = [go, ...goArgsOf(recipe)]
    child = await startCommand({ name: `the build of ${recipe.name}`, command, cwd: work, env: goEnvironment(), log })
    const late = () => failed(`it was not done in ${formatMs(limitMs)}`)
    const exit = await unlessAborted(signal, within(limitMs, child.exited, late))
    if (exit.code !== 0) throw failed(exit.signal === null ? 'Go could not' : `Go was ended by ${exit.signal}`)
  } finally {
    await child?.stop(0)
  }
}

/** What the caller has set for Go stays (where its modules come from, say); only what would build something else does not. */
function goEnvironment(): Record<string, string> {
  const own = { GO111MODULE: 'on', GOWORK: 'off', GOOS: '', GOARCH: '', CGO_ENABLED: '0' }
  return Object.fromEntries(
    Object.entries({ ...process.env, ...own }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

const offline = 'Go fetches the sources from its module proxy: set GOPROXY to one that can be reached from here.'

function withoutGo({ name, go }: Recipe): string {
  const { variable } = partFacts[name]
  return `Install Go ${go} or newer (https://go.dev/dl) and try again; or install ${name} by other means, on the PATH or named: export ${variable}=/path/to/${name}`
}

function lastWordsIn(log: string): string[] {
  return lastLines(log, 40)
    .filter((line) => !line.startsWith('go: downloading '))
    .slice(-8)
}

function cannotBuild(
  { name, version }: Recipe,
  why: string,
  options: BrownoutErrorOptions & { lastWords?: readonly string[] } = {},
): BrownoutError {
  const { lastWords = [], ...rest } = options
  const message = `Failed to build "${name} ${version}": ${why.replace(/\.$/, '')}.`
  return new BrownoutError('PART_NOT_BUILT', [message, ...lastWords.map((line) => `  | ${line}`)].join('\n'), {
    exitCode: exitCodes.partMissing,
    ...rest,
  })
}
