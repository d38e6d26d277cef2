import { isRecord } from '../../contract/place.ts'
import type { StanceTerms } from '../../contract/terms.ts'
import type { PactInteraction } from '../../pact/model.ts'

/** What Brownout writes under `comments.brownout`. */
export interface Words {
  interaction?: string
  stance?: StanceTerms['kind']
  condition?: string
  withinMs?: number
  recoversMs?: number
}

const kinds: readonly string[] = ['unaffected', 'reduced', 'refused']

/** `undefined` where another tool wrote the interaction. What is of another type than it should be is passed over. */
export function brownoutOf({ comments }: PactInteraction): Words | undefined {
  const said = comments['brownout']
  if (!isRecord(said)) return undefined
  const { interaction, stance, condition, withinMs, recoversMs } = said
  return {
    ...(typeof interaction === 'string' ? { interaction } : {}),
    ...(typeof stance === 'string' && kinds.includes(stance) ? { stance: stance as StanceTerms['kind'] } : {}),
    ...(typeof condition === 'string' ? { condition } : {}),
    ...(typeof withinMs === 'number' ? { withinMs } : {}),
    ...(typeof recoversMs === 'number' ? { recoversMs } : {}),
  }
}
