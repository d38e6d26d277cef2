import type { Json } from '../../../contract/define.ts'
import type { Matcher } from '../../model.ts'
import { all } from '../combine.ts'
import { type Check, anything, wrong } from '../report.ts'
import { type Chosen, Rules } from '../rules.ts'
import type { JsonCompiler } from './compiler.ts'
import { areKeysFree, keysCheck } from './keys.ts'
import { type JsonObject, called, isObject, kindOf } from './kind.ts'
import { mapCheck } from './map.ts'

export type JsonRecord = { readonly [key: string]: Json }
type ObjectCheck = Check<JsonObject>

/** The members of the example must be there; others may be, except where the compiler is strict. */
export function compileObject(expected: JsonRecord, rules: Rules, compiler: JsonCompiler): Check {
  const isNothing = compiler.strict && Object.keys(expected).length === 0
  const check = all([...(isNothing ? [nothing] : []), ...byRule(expected, rules, compiler)])
  return (actual, report) =>
    isObject(actual) ? check(actual, report) : wrong(report, `is ${called(kindOf(actual))}, wanted an object`)
}

/** All matchers must be met here, even where one is said to be enough: the reference does not combine them for objects. */
function byRule(expected: JsonRecord, rules: Rules, compiler: JsonCompiler): ObjectCheck[] {
  const { chosen } = rules
  const parts = [keysCheck(expected, rules, compiler.strict), members(expected, rules, compiler)]
  if (chosen === null) return parts
  const apart = chosen.matchers.map((matcher) => overValues(matcher, chosen, rules))
  const whole = chosen.matchers.filter((_, index) => apart[index] === null)
  return [
    ...apart.flatMap((inside) => (inside === null ? [] : eachValue(expected, inside, compiler))),
    ...whole.map((matcher) => mapCheck(matcher, expected, chosen.cascaded)),
    ...(whole.length > 0 ? parts : []),
  ]
}

/** The rules for the values of a map whose keys are free; `null` for a matcher that is about an object with its keys. */
function overValues(matcher: Matcher, { cascaded }: Chosen, rules: Rules): Rules | null {
  if (cascaded) return null
  if (matcher.match === 'eachValue') return Rules.forEach(matcher.rules)
  return matcher.match === 'values' || matcher.match === 'arrayContains' ? rules : null
}

function members(expected: JsonRecord, rules: Rules, compiler: JsonCompiler): ObjectCheck {
  const mayMiss = areKeysFree(rules)
  const list = Object.entries(expected).map(([key, value]) => ({
    key,
    // Most keys are not inherited by every object: for those a look tells whether they are there.
    isInherited: key in Object.prototype,
    check: compiler.compile(value, rules.at(key)),
  }))
  return (actual, report) => {
    let fine = true
    for (const { key, isInherited, check } of list) {
      const value = actual[key]
      const place = report?.at({ field: key }) ?? null
      const isThere = value === undefined || isInherited ? Object.hasOwn(actual, key) : true
      if (isThere ? check(value, place) : mayMiss || wrong(place, 'is missing')) continue
      if (report === null) return false
      fine = false
    }
    return fine
  }
}

/** A value whose key the example has not is compared with the first of the example. */
function eachValue(expected: JsonRecord, rules: Rules, compiler: JsonCompiler): ObjectCheck {
  const keys = Object.keys(expected).sort()
  const own = new Map(keys.map((key) => [key, compiler.compile(expected[key] ?? null, rules.at(key))]))
  const [first] = keys
  if (first === undefined) return anything
  const like = expected[first] ?? null
  const others = new Map([...rules.named].map((key) => [key, compiler.compile(like, rules.at(key))]))
  const other = compiler.compile(like, rules.at('\0'))
  return (actual, report) => {
    let fine = true
    for (const key of Object.keys(actual)) {
      const check = own.get(key) ?? others.get(key) ?? other
      if (check(actual[key], report?.at({ field: key }) ?? null)) continue
      if (report === null) return false
      fine = false
    }
    return fine
  }
}

const nothing: ObjectCheck = (actual, report) =>
  Object.keys(actual).length === 0 || wrong(report, 'has keys, wanted an empty object')
