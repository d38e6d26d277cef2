import { abandonedBuilds } from '../engines/parts/work-folder.ts'
import { fileTrace } from './file-trace.ts'
import type { Trace } from './remnant.ts'

/** What builds of parts that were killed left in the parts folder, sources and all. */
export function buildTraces(folder: string): Trace[] {
  return buildsIn(folder).map((file) => fileTrace(file, { run: null, seen: 'a build of a part that was cut short' }))
}

/** A folder that cannot be read is the finder's trouble, not ours. */
function buildsIn(folder: string): string[] {
  try {
    return abandonedBuilds(folder)
  } catch {
    return []
  }
}
