import { askTool } from '../core/ask-tool.ts'
import { messageOf } from '../core/errors.ts'
import { findExecutable } from '../core/executable.ts'
import { type FoundPart, type PartName, partFacts } from '../core/parts.ts'
import { engineSets, readEngines } from '../engines/choice.ts'
import { howToMend } from '../engines/parts/how-to-install.ts'
import { inspectPart } from '../engines/parts/inspect.ts'
import { recipes } from '../engines/parts/recipes.ts'
import { partsOf } from '../engines/used-parts.ts'

/** A tool, and what this machine has of it. */
export interface PartFinding {
  name: PartName | 'node' | 'go'
  /** `null` when there is none, or it does not say. */
  version: string | null
  found: FoundPart | null
  /** `22.22 or newer`; `null`: any will do. */
  wanted: string | null
  /** Which engines use it, or what else it is for. */
  usedBy: string
  /** Why it cannot be used; `null` when it can. */
  trouble: string | null
  /** What to do about that, ready to paste. */
  mend: string | null
}

/** Looks for all parts at once and asks each for its version; takes as long as the slowest, five seconds at most. Never rejects. */
export function findParts(): Promise<PartFinding[]> {
  const names = Object.keys(partFacts) as PartName[]
  return Promise.all([node(), ...names.map(tool), go()])
}

async function node(): Promise<PartFinding> {
  const found = { file: process.execPath, from: 'it runs this' }
  // An older one does not come as far as this: bin/brownout.js refuses it.
  const wanted = '22.22 or newer'
  const usedBy = 'everything'
  return { name: 'node', version: process.versions.node, found, wanted, usedBy, trouble: null, mend: null }
}

async function tool(name: PartName): Promise<PartFinding> {
  const part = await inspectPart(name)
  const { least } = partFacts[name]
  return {
    name,
    version: part.version,
    found: part.found,
    wanted: least && `${least.join('.')} or newer, below ${least[0] + 1}`,
    usedBy: setsOf(name).join(', '),
    trouble: part.trouble,
    mend: part.trouble === null ? null : howToMend(part),
  }
}

function setsOf(name: PartName): string[] {
  return engineSets.filter((set) => partsOf(readEngines(set)).some(({ part }) => part === name))
}

/** Go is asked for its own version, not for that of a newer one it would fetch on demand. */
async function go(): Promise<PartFinding> {
  const finding = { name: 'go', wanted: `1.${oldestGo} or newer`, usedBy: 'building k6 and Toxiproxy' } as const
  const mend = 'Install it from https://go.dev/dl, if k6 or Toxiproxy is to be built here.'
  const file = findExecutable('go')
  if (file === null) return { ...finding, version: null, found: null, trouble: 'go is not on this machine', mend }
  const found = { file, from: 'PATH' }
  try {
    const says = await askTool(file, ['version'], { env: { GOTOOLCHAIN: 'local' } })
    const [, version = null, minor] = /^go version go(1\.(\d+)\S*)/.exec(says) ?? []
    if (version === null) throw new Error(`it answers "${says.trim().slice(0, 200)}", which is no Go`)
    const isOld = Number(minor) < oldestGo
    const trouble = isOld ? `go ${version} is too old, unless it may fetch a newer one itself (from 1.21 on)` : null
    return { ...finding, version, found, trouble, mend: trouble && mend }
  } catch (error) {
    return { ...finding, version: null, found, trouble: messageOf(error), mend }
  }
}

/** The minor version that all recipes take. */
const oldestGo = Math.max(...Object.values(recipes).map(({ go: oldest }) => Number(oldest.split('.')[1])))
