import type { Json } from '../../../contract/define.ts'
import type { Matcher } from '../../model.ts'
import { all } from '../combine.ts'
import { type Check, wrong } from '../report.ts'
import type { Rules } from '../rules.ts'
import { textCheck } from '../text.ts'
import type { JsonObject } from './kind.ts'

/** Where a rule for values or keys stands at this very place, an object need not have the keys of the example. */
export function areKeysFree({ exact }: Rules): boolean {
  return exact.some(({ matchers }) => matchers.some(({ match }) => freeing.has(match)))
}

const freeing: ReadonlySet<Matcher['match']> = new Set(['values', 'eachValue', 'eachKey'])

/** Which keys an object may have. Those that it must have are asked for with their values. */
export function keysCheck(
  expected: { readonly [key: string]: Json },
  rules: Rules,
  strict: boolean,
): Check<JsonObject> {
  const { chosen, exact } = rules
  const each = exact.length > 0 ? (chosen?.matchers ?? []).flatMap(ofKeys) : []
  return all(strict && !areKeysFree(rules) ? [noOthers(new Set(Object.keys(expected))), ...each] : each)
}

function noOthers(wanted: ReadonlySet<string>): Check<JsonObject> {
  return (actual, report) => {
    const others = Object.keys(actual).filter((key) => !wanted.has(key))
    for (const key of others) wrong(report?.at({ field: key }) ?? null, 'is not in the pact')
    return others.length === 0
  }
}

function ofKeys(matcher: Matcher): Check<JsonObject>[] {
  if (matcher.match !== 'eachKey') return []
  const checks = matcher.rules.map((rule) => textCheck(rule, '', false))
  const check = all(checks)
  return [
    (actual, report) => {
      const bad = Object.keys(actual).filter((key) => !check(key, null))
      if (report !== null) for (const key of bad) check(key, report.at({ field: key }))
      return bad.length === 0
    },
  ]
}
