import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { askTool } from '../../core/ask-tool.ts'
import { messageOf } from '../../core/errors.ts'
import { resolvePackages } from './resolve-packages.ts'
import type { Around } from './read-side.ts'

export interface CheckedOut {
  /** The file or folder that is meant. */
  path: string
  /** All code of the revision. */
  tree: string
  revision: string
}

/** What can be a contract or a pact, or what these import. */
const code = ':(top)*.[cmjt]*s*'

/** Copying takes longer than a question. */
const limitMs = 120_000

/**
 * Writes the code of `REVISION` or `REVISION:path` into a temporary folder, which the scope removes. Neither the index nor
 * the working tree of the user is touched. Resolves with what is wrong where there is no such thing.
 */
export async function checkOut(
  name: string,
  { cwd, scope }: Around,
): Promise<CheckedOut | { message: string; hint?: string }> {
  const [revision = '', ...rest] = name.split(':')
  const wanted = rest.length === 0 ? undefined : rest.join(':')
  const git = (args: readonly string[], env?: Record<string, string>) =>
    askTool('git', ['-C', cwd, ...args], { limitMs, ...(env ? { env } : {}) })
  let commit: string
  let prefix: string
  try {
    commit = (await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])).trim()
    prefix = (await git(['rev-parse', '--show-prefix'])).trim()
  } catch (error) {
    return { message: `there is no such file or folder here, and no such Git revision`, hint: hintOf(error) }
  }
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'brownout-diff-')))
  scope.hold(`the folder ${folder}`, () => rmSync(folder, { recursive: true, force: true }))
  const tree = join(folder, 'tree')
  mkdirSync(tree)
  try {
    // An index of its own: the user's is not touched, nor are hooks asked.
    const args = [
      '-c',
      'core.hooksPath=/dev/null',
      `--work-tree=${tree}`,
      'checkout',
      '--quiet',
      '--force',
      commit,
      '--',
      code,
    ]
    await git(args, { GIT_INDEX_FILE: join(folder, 'index') })
  } catch (error) {
    return { message: `its contracts cannot be checked out: ${messageOf(error)}` }
  }
  // As if it stood here: in the tree itself an old Brownout would be found where the repository is ours.
  scope.hold('the way to packages', resolvePackages(tree, [{ folder: cwd }]))
  const path = placeIn(tree, prefix, wanted)
  return path === undefined ? { message: missing(wanted) } : { path, tree, revision }
}

/** A path is one from the root of the repository, as Git has it, or from here when it begins with `./`. */
function placeIn(tree: string, prefix: string, wanted: string | undefined): string | undefined {
  const candidates =
    wanted === undefined
      ? [posix.join(prefix, 'contracts'), posix.join(prefix, 'pacts')]
      : [/^\.\.?(\/|$)/.test(wanted) ? posix.join(prefix, wanted) : wanted]
  return candidates.map((path) => join(tree, path)).find((path) => existsSync(path))
}

function missing(wanted: string | undefined): string {
  if (wanted === undefined) return 'there is neither a folder "contracts" nor "pacts" in it'
  return `there is no "${wanted}" in it that holds contracts or pacts`
}

/** Of a revision that it does not know Git says nothing more than that. */
function hintOf(error: unknown): string {
  const [, why] = /: (.+)$/s.exec(messageOf(error)) ?? []
  const ways = 'Name a file, a folder, or a revision with or without a path: main, HEAD~1:contracts.'
  return why === undefined ? ways : `${ways} Git says: ${why}`
}
