import { basename, dirname, resolve } from 'node:path'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { pruneHome, type Pruned } from '../record/prune.ts'
import { exitWith } from './exit.ts'
import { print } from './print.ts'

export function prune({ home, keep, dryRun = false }: { home: string; keep: number; dryRun?: boolean }): Promise<void> {
  return exitWith(async () => {
    const { pruned, failures } = pruneHome(resolve(home), { keep, dryRun })
    if (pruned.length > 0 || failures.length === 0) print(renderPruned(pruned, dryRun))
    if (failures.length === 0) return exitCodes.kept
    throw new BrownoutError('RUN_NOT_REMOVED', failures.join('\n'), {
      exitCode: exitCodes.usage,
      hint: 'Remove what is left by hand, or as the user who made it.',
    })
  })
}

/** What was removed, or would be, and how much space that is. */
export function renderPruned(pruned: readonly Pruned[], dryRun: boolean): string {
  const done = dryRun ? 'would remove' : 'removed'
  if (pruned.length === 0) return 'nothing to remove\n'
  const lines = pruned.map(
    ({ folder, bytes }) => `  ${basename(dirname(folder))}/${basename(folder)}  ${formatBytes(bytes)}`,
  )
  const total = pruned.reduce((sum, { bytes }) => sum + bytes, 0)
  const count = pruned.length === 1 ? 'one folder' : `${pruned.length} folders`
  return [`${done} ${count}, ${formatBytes(total)}`, ...lines, ''].join('\n')
}

/** `532 B`, `1.4 MB`; steps of a thousand. */
function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 999_500 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
