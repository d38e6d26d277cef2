import type { Json } from '../../../contract/define.ts'
import type { JsonSchema } from '../../../contract/wire-schema.ts'
import type { MatcherSet, Rule } from '../../model.ts'
import type { PathStep } from '../../path.ts'
import type { Gaps } from '../gaps.ts'

/** How a pact says what a schema demands: by an example, and by rules that tell what matters in it. */
export interface Said {
  /** The schema takes it. */
  whole: Json
  /** As much of it as the pact shows; `undefined` when it has to leave it out, which the gaps then know. */
  shown: Json | undefined
  rules: readonly Rule[]
}

export function leaf(example: Json, ...rules: readonly Rule[]): Said {
  return { whole: example, shown: example, rules }
}

export function unsaid(whole: Json): Said {
  return { whole, shown: undefined, rules: [] }
}

/** A schema at a place of the body. */
export interface Here {
  schema: JsonSchema
  path: readonly PathStep[]
  /** What the user gave as an example, if anything; it may be of any shape. */
  hint: unknown
}

/** What the parts of this folder share while one body is said. */
export interface Saying {
  gaps: Gaps
  /** Says what is below; `undefined` when there is not even an example. */
  say(here: Here): Said | undefined
}

/** A rule at the place itself: all matchers must match. */
export function ruleAt(
  path: readonly PathStep[],
  matchers: MatcherSet['matchers'],
  combine: 'AND' | 'OR' = 'AND',
): Rule {
  return { path, combine, matchers }
}
