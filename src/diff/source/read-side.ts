import { existsSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Scope } from '../../core/scope.ts'
import { readFolder } from './read-folder.ts'
import { checkOut } from './revision.ts'
import { resolvePackages } from './resolve-packages.ts'
import { emptySide, type Side } from './side.ts'

export interface Around {
  cwd: string
  /** Holds what was checked out, until all is compared. */
  scope: Scope
}

/**
 * Reads what a word of the command line means: a file or a folder if there is one of that name, else a Git revision, with
 * a path in it or without. What is wrong is in the side.
 */
export async function readSide(name: string, { cwd, scope }: Around): Promise<Side> {
  const path = resolve(cwd, name)
  if (existsSync(path)) {
    const around = realpathSync(dirname(path))
    scope.hold('the way to packages', resolvePackages(around, ['itself', { folder: cwd }]))
    return await readFolder({ path, name, shown: (file) => file, folder: cwd })
  }
  const found = await checkOut(name, { cwd, scope })
  if ('message' in found) return emptySide(name, found)
  const { path: inTree, tree, revision } = found
  return await readFolder({ path: inTree, name, shown: (file) => `${revision}:${file}`, folder: tree })
}
