import type { Rule } from '../model.ts'
import { type Check, Report, wrong } from './report.ts'
import { Rules } from './rules.ts'
import { valuesCheck } from './values.ts'

/** The parameters of a query or a form, by name. One without a value, `?q`, has the value `null`. */
export type Parameters = Readonly<Record<string, readonly (string | null)[]>>

/** All must be there, and no others. `placeOf` is where one of them stands. */
export function parametersCheck(
  expected: Parameters,
  rules: readonly Rule[],
  placeOf: (name: string) => string,
): Check<Parameters> {
  const root = Rules.of(rules)
  const wanted = Object.entries(expected).map(([name, values]) => ({
    name,
    check: valuesCheck(values.map(written), root.at(name)),
  }))
  const known = new Set(Object.keys(expected))
  return (actual, report) => {
    const at = (name: string) => report && new Report(placeOf(name), report.found)
    let fine = true
    for (const { name, check } of wanted) {
      const values = Object.hasOwn(actual, name) ? actual[name] : undefined
      fine = (values === undefined ? wrong(at(name), 'is missing') : check(values.map(written), at(name))) && fine
      if (!fine && report === null) return false
    }
    const others = Object.keys(actual).filter((name) => !known.has(name))
    for (const name of others) wrong(at(name), 'is not in the pact')
    return fine && others.length === 0
  }
}

function written(value: string | null): string {
  return value ?? ''
}
