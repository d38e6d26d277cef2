import type { PactHeaders, Rule } from '../model.ts'
import { headerCheck } from './header.ts'
import { type Check, Report, wrong } from './report.ts'
import { Rules } from './rules.ts'

/** Headers as they came: names in any case, a header with several values as text or as a list. */
export type ActualHeaders = Readonly<Record<string, string | readonly string[]>>

/** Those of the pact must be there; others may be. */
export function headersCheck(expected: PactHeaders, rules: readonly Rule[]): Check<ActualHeaders> {
  const root = Rules.of(rules.map(inLowerCase))
  const wanted = Object.entries(expected).map(([written, values]) => {
    const name = written.toLowerCase()
    return { name, check: headerCheck(name, values, root.at(name)) }
  })
  return (actual, report) => {
    let fine = true
    for (const { name, check } of wanted) {
      const place = report && new Report(`header ${name}`, report.found)
      const values = valuesOf(actual, name)
      if (values === undefined ? wrong(place, 'is missing') : check(values, place)) continue
      if (report === null) return false
      fine = false
    }
    return fine
  }
}

/** The values of a header, its name given in lower case. */
export function valuesOf(headers: ActualHeaders, name: string): readonly string[] | undefined {
  const key = Object.hasOwn(headers, name) ? name : Object.keys(headers).find((each) => each.toLowerCase() === name)
  const values = key === undefined ? undefined : headers[key]
  return typeof values === 'string' ? [values] : values
}

export function inLowerCase(rule: Rule): Rule {
  const path = rule.path.map((step) =>
    typeof step === 'object' && 'field' in step ? { field: step.field.toLowerCase() } : step,
  )
  return { ...rule, path }
}
