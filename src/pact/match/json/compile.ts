import type { Json } from '../../../contract/define.ts'
import type { Rule } from '../../model.ts'
import { type Check, Report } from '../report.ts'
import { Rules } from '../rules.ts'
import type { Matching } from '../mismatch.ts'
import { compileArray } from './array.ts'
import type { JsonCompiler } from './compiler.ts'
import { compileObject } from './object.ts'
import { compileValue, tellsDecimals } from './value.ts'

export interface JsonExample {
  readonly value: Json
  readonly rules: readonly Rule[]
  /** `forbidden` in requests, where an object may have no keys beyond those of the example. */
  readonly extraKeys: 'allowed' | 'forbidden'
}

/** Takes parsed JSON. A number is decimal when it has a fraction; 9.0 is told from 9 in text only, by `parseJson`. */
export interface JsonMatching extends Matching<unknown> {
  readonly check: Check
  /** Whether 9.0 and 9 are not the same here. */
  readonly exact: boolean
}

/** Compiles an example and its rules: paths are walked and patterns built now, not when something comes. */
export function compileJson({ value, rules, extraKeys }: JsonExample): JsonMatching {
  let exact = false
  const compiler: JsonCompiler = {
    strict: extraKeys === 'forbidden',
    compile(expected, at) {
      if (Array.isArray(expected)) return compileArray(expected as readonly Json[], at, compiler)
      if (typeof expected === 'object' && expected !== null) return compileObject(expected as JsonRecord, at, compiler)
      exact ||= tellsDecimals(expected, at.chosen)
      return compileValue(expected, at.chosen)
    },
  }
  const check = compiler.compile(value, Rules.of(rules))
  return {
    check,
    exact,
    matches: (actual) => check(actual, null),
    mismatches(actual) {
      const report = new Report('body $')
      check(actual, report)
      return report.found
    },
  }
}

type JsonRecord = { readonly [key: string]: Json }
