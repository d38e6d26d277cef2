import { BrownoutError, exitCodes, messageOf, type Problem } from '../core/errors.ts'
import { type PartName, whyUnfit } from '../core/parts.ts'
import { readVersion } from '../fault/toxiproxy-api.ts'
import { howToMend } from './parts/how-to-install.ts'
import { inspectPart, type ReadyPart, readyOf } from './parts/inspect.ts'

/** What a choice of engines needs to be there before anything is started. */
export interface Needs {
  parts: readonly PartName[]
  /** Address of a Toxiproxy that must answer; `null`: none. */
  toxiproxy: string | null
}

const limitMs = 3_000

/** Looks for all of it at once. Rejects with one error, exit code 6, that names all that is missing and how to get it. */
export async function findReady(engines: string, needs: Needs): Promise<Map<PartName, ReadyPart>> {
  const ready = new Map<PartName, ReadyPart>()
  const problems: Problem[] = []
  const look = async (name: PartName) => {
    const part = await inspectPart(name)
    const there = readyOf(part)
    if (there !== null) ready.set(name, there)
    else problems.push({ path: [], message: part.trouble ?? `${name} does not say its version`, hint: howToMend(part) })
  }
  const ask = async (api: string) => {
    const message = await readVersion(api, limitMs).then(
      (version) => whyUnfit('toxiproxy-server', version),
      (error: unknown) => `no Toxiproxy answers at ${api}: ${messageOf(error)}`,
    )
    const hint = 'start one there, or let Brownout start its own: --engines proxies=toxiproxy'
    if (message !== null) problems.push({ path: [], message, hint })
  }
  await Promise.all([...needs.parts.map(look), ...(needs.toxiproxy === null ? [] : [ask(needs.toxiproxy)])])
  if (problems.length > 0) throw missing(engines, problems)
  return ready
}

function missing(engines: string, problems: readonly Problem[]): BrownoutError {
  const what = problems.length === 1 ? 'a part is missing' : `${problems.length} parts are missing`
  return new BrownoutError('PART_MISSING', `Failed to play with the engines "${engines}": ${what}.`, {
    exitCode: exitCodes.partMissing,
    problems: problems.toSorted((a, b) => a.message.localeCompare(b.message)),
    hint: 'Without them: --engines embedded. What there is: npx brownout doctor.',
  })
}
