import { BrownoutError } from '../core/errors.ts'
import { type EngineChoice, engineSets, readEngines } from '../engines/choice.ts'
import { findReady } from '../engines/ready-parts.ts'
import { partsOf } from '../engines/used-parts.ts'
import type { PartFinding } from './parts.ts'

/** Whether a choice of engines can be used on this machine. */
export interface EngineFinding {
  name: string
  /** What keeps it from being used; none: it can be. */
  lacks: Lack[]
  /** What it does without. */
  notes: string[]
}

export interface Lack {
  part: string
  why: string
  mend: string | null
}

/** The sets that can be named, and the choice that is to be used if it is another. */
export async function findEngines(wanted: EngineChoice, parts: readonly PartFinding[]): Promise<EngineFinding[]> {
  const sets = engineSets.map(readEngines)
  const choices = sets.some(({ name }) => name === wanted.name) ? sets : [...sets, wanted]
  return Promise.all(choices.map((choice) => standingOf(choice, parts)))
}

async function standingOf(choice: EngineChoice, parts: readonly PartFinding[]): Promise<EngineFinding> {
  const troubled = partsOf(choice).flatMap(({ part, isNeeded }) => {
    const { trouble = null, mend = null } = parts.find(({ name }) => name === part) ?? {}
    return trouble === null ? [] : [{ part, why: trouble, mend, isNeeded }]
  })
  const lacks = troubled.filter(({ isNeeded }) => isNeeded).map(({ part, why, mend }) => ({ part, why, mend }))
  const replaced = troubled.filter(({ isNeeded }) => !isNeeded)
  return {
    name: choice.name,
    lacks: [...lacks, ...(await lackOfRunning(choice))],
    notes: replaced.map(({ why }) => `${why}: a stand-in of Brownout takes its place`),
  }
}

/** A Toxiproxy that is to run already, and does not answer or will not do. */
async function lackOfRunning({ name, proxies }: EngineChoice): Promise<Lack[]> {
  if (proxies === 'embedded' || proxies === 'toxiproxy') return []
  try {
    await findReady(name, { parts: [], toxiproxy: proxies })
    return []
  } catch (error) {
    if (!(error instanceof BrownoutError)) throw error
    return error.problems.map(({ message, hint = null }) => ({
      part: `Toxiproxy at ${proxies}`,
      why: message,
      mend: hint,
    }))
  }
}
