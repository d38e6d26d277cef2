import { type EngineSet, partsOfSets, type UsedPart } from '../engines/needs.ts'
import type { PartFinding } from './parts.ts'

/** Whether an engine set can be used on this machine. */
export interface EngineFinding {
  name: EngineSet
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

export function findEngines(parts: readonly PartFinding[]): EngineFinding[] {
  return (Object.keys(partsOfSets) as EngineSet[]).map((name) => ({ name, ...standingOf(partsOfSets[name], parts) }))
}

function standingOf(used: readonly UsedPart[], parts: readonly PartFinding[]): Omit<EngineFinding, 'name'> {
  const troubled = used.flatMap(({ part, isNeeded }) => {
    const finding = parts.find(({ name }) => name === part)
    return finding?.trouble ? [{ finding, why: finding.trouble, isNeeded }] : []
  })
  // What is there is used, also where its place could be taken: only what is not there is done without.
  const isLack = ({ finding, isNeeded }: (typeof troubled)[number]) => isNeeded || finding.found !== null
  return {
    lacks: troubled.filter(isLack).map(({ finding: { name, mend }, why }) => ({ part: name, why, mend })),
    notes: troubled.filter((each) => !isLack(each)).map(({ why }) => `${why}: a stand-in of Brownout takes its place`),
  }
}
