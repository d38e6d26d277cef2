import { combined } from './combine.ts'
import { listCheck } from './list.ts'
import { isSameParameterised } from './parameterised.ts'
import { type Check, type Report, anything, wrong } from './report.ts'
import type { Rules } from './rules.ts'
import { textAt } from './values.ts'

type Values = readonly string[]

/** Headers with a comma in a single value, or that are never one list. */
const singles = new Set([
  'accept-datetime',
  'date',
  'expires',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'retry-after',
  'set-cookie',
  'user-agent',
])

/** What one header must be, its name in lower case; `rules` are at that name. */
export function headerCheck(name: string, expected: Values, rules: Rules): Check<Values> {
  const wanted = expected.map((value) => value.trim())
  const check = rules.chosen === null ? oneByOne(name, wanted, rules) : byRule(wanted, rules)
  return (actual, report) => check(arranged(name, actual, wanted.length), report)
}

/** As many values as are wanted, if one can: a list may come as one text or as several, which says the same. */
function arranged(name: string, actual: Values, wanted: number): Values {
  const values = actual.map((value) => value.trim())
  if (values.length === wanted || singles.has(name)) return values
  return wanted === 1 ? [values.join(', ')] : split(values)
}

function split(values: Values): Values {
  return values.flatMap((value) => value.split(',').map((part) => part.trim()))
}

/** Each value must meet the rule. How many there must be is asked only where there is more than one. */
function byRule(expected: Values, rules: Rules): Check<Values> {
  const { chosen } = rules
  if (chosen === null || expected.length === 0) return anything
  const [first = ''] = expected
  const checks = chosen.matchers.map((matcher): Check<Values> => {
    const whole = listCheck(matcher, expected, false)
    return (actual, report) => {
      const isOne = actual.length === 1 && expected.length === 1
      const fine = isOne || whole(actual, report)
      return (fine || report !== null) && each(actual, report) && fine
    }
  })
  const own = expected.map((value) => textAt(value, chosen))
  const other = textAt(first, chosen)
  const each: Check<Values> = (actual, report) => every(actual, report, (index) => own[index] ?? other)
  return combined(chosen.combine, checks)
}

function oneByOne(name: string, expected: Values, rules: Rules): Check<Values> {
  const own = expected.map((value, index) => {
    const rule = rules.at(String(index)).chosen
    if (rule !== null) return textAt(value, rule)
    return name === 'accept' || name === 'content-type' ? parameterised(value) : list(value)
  })
  return (actual, report) => {
    if (actual.length !== expected.length)
      return wrong(report, `has ${actual.length} values, wanted ${expected.length}: "${expected.join(', ')}"`)
    return every(actual, report, (index) => own[index] ?? anything)
  }
}

function every(actual: Values, report: Report | null, checkOf: (index: number) => Check<string>): boolean {
  let fine = true
  for (const [index, value] of actual.entries()) {
    if (checkOf(index)(value, actual.length === 1 ? report : (report?.at({ index }) ?? null))) continue
    if (report === null) return false
    fine = false
  }
  return fine
}

function parameterised(expected: string): Check<string> {
  return (actual, report) => isSameParameterised(expected, actual) || wrong(report, `wanted "${expected}"`)
}

/** White space around commas says nothing. */
function list(expected: string): Check<string> {
  const wanted = split([expected]).join()
  return (actual, report) =>
    actual === expected || split([actual]).join() === wanted || wrong(report, `wanted "${expected}"`)
}
