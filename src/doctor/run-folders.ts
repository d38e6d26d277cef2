import { statSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../core/process-identity.ts'
import { type LiveMark, readMark } from '../record/live.ts'
import { namesIn } from '../record/store.ts'
import { fileTrace } from './file-trace.ts'
import type { Trace } from './remnant.ts'

/** The folder of a run or of a system that was up, and what it says of itself. */
export interface RunFolder {
  run: string
  folder: string
  mark: LiveMark | null
  isLive: boolean
}

/** A mark that does not say whose it is is one that is just being written, for so long, ms. */
const writingMs = 60_000

export function runFolders(home: string): RunFolder[] {
  return ['runs', 'up'].flatMap((kind) =>
    namesIn(join(home, kind)).map((run) => {
      const folder = join(home, kind, run)
      const mark = readMark(folder)
      return { run, folder, mark, isLive: mark !== null && livesBy(mark) }
    }),
  )
}

function livesBy({ file, runner }: LiveMark): boolean {
  if (runner) return isAlive(runner)
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Date.now() - changed < writingMs
}

/** The mark of a run that is over: it says that the run lives, and so keeps its folder from being pruned. */
export function markTrace(run: string, { file, runner }: LiveMark): Trace {
  const whose = runner ? `process ${runner.pid} is gone` : 'it does not say whose it is'
  return fileTrace(file, { run, seen: `says that the run lives; ${whose}` })
}
