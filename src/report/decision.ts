import type { Phase } from '../scenario/define.ts'

export const matterKinds = [
  // about a scenario
  'broken',
  'died',
  'undeclared',
  'doubt',
  'undecided',
  'unproven',
  'not played',
  // about the run, or what was asked of it
  'fault left',
  'ended early',
  'not ended',
  'not asked for',
  'needless waiver',
  'kept',
  // of a report of version 1, which held the text alone
  'unknown',
] as const

/** One thing that a decision speaks of. `kind`, `scenario`, `phase` and `promise` say what it is about, `text` says it to people. */
export interface Matter {
  kind: (typeof matterKinds)[number]
  /** `null` when it is about the run. */
  scenario: string | null
  /** Those of the promise, when it is about one. */
  phase: Phase | null
  promise: string | null
  /** One sentence, `'scenario: …'` where it is about one. */
  text: string
}

/** What the policy lets pass: who waives it, why, and the last day on which that counts. */
export interface Waived extends Matter {
  owner: string
  reason: string
  expires: string
}

export interface Decision {
  exitCode: number
  ship: boolean
  /** Why; the first explains the exit code. */
  reasons: Matter[]
  waived: Waived[]
  /** What the policy only warns of, and what is to be known beside. */
  warnings: Matter[]
}

type About = Pick<Matter, 'kind' | 'scenario' | 'phase' | 'promise'>

/** What lets a thing pass that would else be a reason not to ship; `null` when nothing does. */
export function excuseOf(about: About, decision: Decision | null): string | null {
  const waiver = decision?.waived.find((matter) => isSame(matter, about))
  if (waiver) return `waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}`
  return decision?.warnings.some((matter) => isSame(matter, about)) ? 'the policy only warns of it' : null
}

/** Whether the decision speaks of the scenario in this way. */
export function speaksOf(decision: Decision, kind: Matter['kind'], scenario: string): boolean {
  const matters = [...decision.reasons, ...decision.waived, ...decision.warnings]
  return matters.some((matter) => matter.kind === kind && matter.scenario === scenario)
}

function isSame(a: About, b: About): boolean {
  return a.kind === b.kind && a.scenario === b.scenario && a.phase === b.phase && a.promise === b.promise
}
