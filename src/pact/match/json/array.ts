import type { Json } from '../../../contract/define.ts'
import type { Matcher } from '../../model.ts'
import { all, combined } from '../combine.ts'
import { listCheck } from '../list.ts'
import { type Check, anything, wrong } from '../report.ts'
import { type Chosen, Rules } from '../rules.ts'
import type { JsonCompiler } from './compiler.ts'
import { contains } from './contains.ts'
import { called, kindOf } from './kind.ts'

type ArrayCheck = Check<readonly unknown[]>

/** Elements are compared one by one. Under a rule there may be fewer or more: those beyond are compared with the first. */
export function compileArray(expected: readonly Json[], rules: Rules, compiler: JsonCompiler): Check {
  const { chosen } = rules
  const check = chosen ? byRule(expected, chosen, rules, compiler) : oneByOne(expected, rules, compiler)
  return (actual, report) =>
    Array.isArray(actual) ? check(actual, report) : wrong(report, `is ${called(kindOf(actual))}, wanted an array`)
}

function oneByOne(expected: readonly Json[], rules: Rules, compiler: JsonCompiler): ArrayCheck {
  const { length } = expected
  const own = expected.map((value, index) => compiler.compile(value, rules.at(String(index))))
  const sized: ArrayCheck = (actual, report) =>
    actual.length === length || wrong(report, `has ${actual.length} elements, wanted ${length}`)
  return all([sized, elements((index) => own[index] ?? anything)])
}

function byRule(expected: readonly Json[], rule: Chosen, rules: Rules, compiler: JsonCompiler): ArrayCheck {
  // The reference looks no further when the example shows nothing.
  if (expected.length === 0) return anything
  const check = (matcher: Matcher): ArrayCheck => {
    if (matcher.match === 'arrayContains') return contains(expected, matcher.variants, compiler)
    if (matcher.match !== 'eachValue')
      return all([listCheck(matcher, expected, rule.cascaded), like(expected, rules, compiler)])
    return rule.cascaded ? anything : like(expected, Rules.forEach(matcher.rules), compiler)
  }
  return combined(rule.combine, rule.matchers.map(check))
}

/** Elements beyond those of the example are like the first one, but may have rules of their own. */
function like(expected: readonly Json[], rules: Rules, compiler: JsonCompiler): ArrayCheck {
  const [first = null] = expected
  const { named } = rules
  const own = expected.map((value, index) => compiler.compile(value, rules.at(String(index))))
  const beyond = new Map(
    [...named]
      .filter((key) => Number(key) >= expected.length)
      .map((key) => [Number(key), compiler.compile(first, rules.at(key))]),
  )
  let free = expected.length
  while (named.has(String(free))) free++
  const other = (named.has('0') ? undefined : own[0]) ?? compiler.compile(first, rules.at(String(free)))
  return elements((index) => own[index] ?? beyond.get(index) ?? other)
}

function elements(checkOf: (index: number) => Check): ArrayCheck {
  return (actual, report) => {
    let fine = true
    for (let index = 0; index < actual.length; index++) {
      if (checkOf(index)(actual[index], report?.at({ index }) ?? null)) continue
      if (report === null) return false
      fine = false
    }
    return fine
  }
}
