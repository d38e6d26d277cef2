import { exitCodes } from '../core/errors.ts'
import { Scope } from '../core/scope.ts'
import { isBreaking } from '../diff/change.ts'
import { compareVersions } from '../diff/compare/versions.ts'
import { readSide } from '../diff/source/read-side.ts'
import { pageOf } from '../report/page.ts'
import { paintFor } from '../report/paint.ts'
import { printable } from '../report/printable.ts'
import { invalid } from '../run/load-files.ts'
import type { DiffOptions } from './diff.ts'
import { onlyOf } from './diff-only.ts'
import { renderDiff } from './diff-text.ts'
import { exitWith } from './exit.ts'
import { print } from './print.ts'
import { complain } from './safe-text.ts'
import { version } from './version.ts'

/** Exits 0 when no consumer of the old version may be surprised, 1 when one may, 2 when a side cannot be read. */
export function compare(older: string, newer: string, { consumer, provider, json }: DiffOptions): Promise<void> {
  return exitWith(async () => {
    const scope = new Scope()
    try {
      const around = { cwd: process.cwd(), scope }
      const sides = [await readSide(older, around), await readSide(newer, around)] as const
      const problems = sides.flatMap((side) => side.problems)
      if (problems.length > 0) throw invalid(problems)
      const [before, now] = onlyOf(sides, { consumer, provider })
      const { interactions } = compareVersions(before, now)
      const found = printable({ old: older, new: newer, interactions, notes: sides.flatMap(({ notes }) => notes) })
      const isBroken = interactions.some(({ changes }) => changes.some(isBreaking))
      const exitCode = isBroken ? exitCodes.broken : exitCodes.kept
      const { columns, isTTY } = process.stdout
      const page = pageOf(columns, paintFor(isTTY === true, process.env))
      const head = { format: 'brownout-diff', version: 1, brownout: version, exitCode }
      print(json ? `${JSON.stringify({ ...head, ...found }, null, 2)}\n` : renderDiff(found, page))
      return exitCode
    } finally {
      for (const { what, why } of await scope.close()) complain(`Failed to remove ${what}: ${why}.`)
    }
  })
}
