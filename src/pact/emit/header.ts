import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { HeaderDemand } from '../../contract/stance.ts'
import type { MatcherSet } from '../model.ts'
import type { Gaps } from './gaps.ts'
import { exampleOf } from './schema/pattern-example.ts'
import { portable } from './schema/portable-pattern.ts'
import { saySchema } from './schema/say.ts'

/** A header's example and what matters in it; `undefined` when it cannot be said or is left out. */
export function sayHeader(demand: HeaderDemand, gaps: Gaps): { example: string; matchers?: MatcherSet } | undefined {
  if (typeof demand === 'string') return { example: demand }
  if (demand instanceof RegExp) return sayPattern(demand, gaps)
  if (mayBeAbsent(demand)) {
    gaps.report('optional fields', [], 'may be absent')
    return undefined
  }
  const said = saySchema(demand, gaps)
  if (!said) return undefined
  const { shown, rules } = said
  const [rule] = rules
  if (shown === undefined) return undefined
  if (typeof shown !== 'string' || !rule) {
    gaps.fail([], 'a header is text', 'Demand it by a schema of texts.')
    return undefined
  }
  return { example: shown, matchers: { combine: rule.combine, matchers: rule.matchers } }
}

function mayBeAbsent(demand: StandardSchemaV1): boolean {
  const result = demand['~standard'].validate(undefined)
  return !('then' in result) && !result.issues
}

function sayPattern(demand: RegExp, gaps: Gaps): ReturnType<typeof sayHeader> {
  const regex = portable(demand.source, demand.flags)
  if (regex === undefined) {
    gaps.report('patterns', [], `must match a pattern with lookaround or the like: ${String(demand)}`)
    if (!gaps.whole) return undefined
  }
  const example = exampleOf(demand.source)
  if (!new RegExp(demand.source, demand.flags.replaceAll(/[gy]/g, '')).test(example)) {
    gaps.fail([], `no example was found for ${String(demand)}`, 'Demand it by a schema with .meta({ examples: […] }).')
    return undefined
  }
  return regex === undefined
    ? { example }
    : { example, matchers: { combine: 'AND', matchers: [{ match: 'regex', regex }] } }
}
