import { all, combined } from './combine.ts'
import { listCheck } from './list.ts'
import { type Check, type Report, anything, wrong } from './report.ts'
import { type Chosen, Rules } from './rules.ts'
import { textCheck } from './text.ts'

type Values = readonly string[]

/** What the rule at a place wants of a text, or the text itself where there is none. */
export function textAt(expected: string, rule: Chosen | null): Check<string> {
  if (rule === null) return (actual, report) => actual === expected || wrong(report, `wanted "${expected}"`)
  return combined(
    rule.combine,
    rule.matchers.map((matcher) => textCheck(matcher, expected, rule.cascaded)),
  )
}

/** The values of one parameter of a query or a form; `rules` are at its name. */
export function valuesCheck(expected: Values, rules: Rules): Check<Values> {
  const { chosen } = rules
  if (chosen === null) return all([sized(expected.length), oneByOne(expected, rules, null)])
  // The reference looks no further when the example shows nothing.
  if (expected.length === 0) return anything
  return combined(
    chosen.combine,
    chosen.matchers.map((matcher) => {
      if (matcher.match === 'arrayContains') return contains(expected)
      const [first = ''] = expected
      if (matcher.match === 'eachValue')
        return chosen.cascaded ? anything : oneByOne(expected, Rules.forEach(matcher.rules), first)
      return all([listCheck(matcher, expected, chosen.cascaded), oneByOne(expected, rules, first)])
    }),
  )
}

/** `beyond` is what values are compared with that the example has no equal for; without it they are not looked at. */
function oneByOne(expected: Values, rules: Rules, beyond: string | null): Check<Values> {
  const at = (value: string, index: number) => textAt(value, rules.at(String(index)).chosen)
  const own = expected.map(at)
  const other = beyond === null ? anything : at(beyond, expected.length)
  return (actual, report) => {
    let fine = true
    for (const [index, value] of actual.entries()) {
      const check = own[index] ?? other
      if (check(value, placeOf(index, actual, report))) continue
      if (report === null) return false
      fine = false
    }
    return fine
  }
}

function contains(expected: Values): Check<Values> {
  return (actual, report) =>
    expected.every((value) => actual.includes(value) || wrong(report, `has no value "${value}"`))
}

function sized(wanted: number): Check<Values> {
  return ({ length }, report) =>
    length === wanted || wrong(report, `has ${length} ${length === 1 ? 'value' : 'values'}, wanted ${wanted}`)
}

/** The only value needs no index. */
function placeOf(index: number, { length }: Values, report: Report | null): Report | null {
  return length === 1 ? report : (report?.at({ index }) ?? null)
}
