import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'vitest'

/** Programs that some tests need and npm does not bring, with how to get them. */
const hints = {
  'redis-server': 'apt-get install redis-server (Debian, Ubuntu) or brew install redis (macOS)',
} as const

export type PartName = keyof typeof hints
export type Part = { path: string } | { missing: string }

/** Looks for a program on the PATH, or says how to get it. */
export function part(name: PartName, path = process.env['PATH'] ?? ''): Part {
  const found = path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
  return found === undefined ? { missing: `${name}: ${hints[name]}` } : { path: found }
}

/** The path of a part. Without it the test is skipped with the hint, and under CI it fails. */
export function need(ctx: Pick<TestContext, 'skip'>, name: PartName, found = part(name)): string {
  if ('path' in found) return found.path
  if (process.env['CI']) throw new Error(`A part is missing: ${found.missing}`)
  return ctx.skip(found.missing)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
