import { messageOf } from '../../core/errors.ts'
import { askVersion, findPart, type FoundPart, type PartName, whyUnfit } from '../../core/parts.ts'

/** What this machine has of a part. */
export interface InspectedPart {
  name: PartName
  found: FoundPart | null
  /** `null` when there is none, or it does not say. */
  version: string | null
  /** Why it cannot be used, without a full stop; `null` when it can. */
  trouble: string | null
}

/** A tool that is there, answers, and is of a version that will do. */
export interface ReadyPart {
  file: string
  version: string
}

/** `null` when it cannot be used: then `trouble` says why. */
export function readyOf({ found, version, trouble }: InspectedPart): ReadyPart | null {
  return found !== null && version !== null && trouble === null ? { file: found.file, version } : null
}

/** Looks for a part and asks its version; never rejects. */
export async function inspectPart(name: PartName): Promise<InspectedPart> {
  const found = findPart(name)
  if (found === null) return { name, found, version: null, trouble: `${name} is not on this machine` }
  try {
    const version = await askVersion(name, found)
    const unfit = whyUnfit(name, version)
    return { name, found, version, trouble: unfit && `${unfit} (${found.file}, ${found.from})` }
  } catch (error) {
    return { name, found, version: null, trouble: messageOf(error).replace(/\.$/, '') }
  }
}
