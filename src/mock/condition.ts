import { type Condition, type ConditionKey, conditions, parseConditionKey } from '../contract/condition.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'

/** Something broken, as `consumer` feels it; as all feel it who depend on it, unless one is named. */
export interface Broken {
  readonly consumer?: string
  readonly dependency: string
  readonly condition: Condition
}

/** Reads `'redis: slow'` or `'auth → redis: slow'`; `undefined` for anything else, `'redis: *'` too. */
export function parseBroken(text: string): Broken | undefined {
  const key = parseConditionKey(text)
  return key && isExact(key) ? key : undefined
}

function isExact(key: ConditionKey): key is ConditionKey & Broken {
  return key.condition !== '*'
}

export function brokenText({ consumer, dependency, condition }: Broken): string {
  return `${consumer === undefined ? '' : `${consumer} → `}${dependency}: ${condition}`
}

/**
 * How much what is said of `said` has to do with `broken`; 0: nothing. The edge that is meant beats its dependency. Who
 * breaks a dependency for all breaks it for each, so that the word on one edge will do where there is none on all.
 */
export function strengthOf(said: Broken, broken: Broken): number {
  if (said.dependency !== broken.dependency || said.condition !== broken.condition) return 0
  if (said.consumer === broken.consumer) return 3
  if (said.consumer === undefined) return 2
  return broken.consumer === undefined ? 1 : 0
}

/** Conditions as users write them. Throws `UNKNOWN_CONDITION` for one that is none, and for one that no stub speaks of. */
export function readBroken(texts: readonly string[], known: readonly Broken[]): Broken[] {
  return texts.map((text) => {
    const broken = parseBroken(text)
    if (!broken)
      throw unknown(
        text,
        'it is no condition',
        `Write "comments: unavailable". A condition is ${conditions.join(', ')}.`,
      )
    if (!known.some((said) => strengthOf(said, broken) > 0)) {
      const hint = suggestion(text, known.map(brokenText))
      throw unknown(text, 'no interaction says what is answered then', hint)
    }
    return broken
  })
}

function unknown(text: string, why: string, hint: string): BrownoutError {
  return new BrownoutError('UNKNOWN_CONDITION', `Failed to break "${text}": ${why}.`, {
    exitCode: exitCodes.usage,
    hint,
  })
}
