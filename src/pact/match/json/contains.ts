import type { Json } from '../../../contract/define.ts'
import type { ArrayVariant, Rule } from '../../model.ts'
import { all } from '../combine.ts'
import { type Check, Report, doubtful, refused, wrong } from '../report.ts'
import { Rules } from '../rules.ts'
import type { JsonCompiler } from './compiler.ts'
import { quoted } from './kind.ts'

/** Each variant is found somewhere in the list, in whatever order; without variants, each element of the example is. */
export function contains(
  expected: readonly Json[],
  variants: readonly ArrayVariant[],
  compiler: JsonCompiler,
): Check<readonly unknown[]> {
  const asIs: Rule = { path: [], combine: 'AND', matchers: [{ match: 'equality' }] }
  const wanted = variants.length > 0 ? variants : expected.map((_, index) => ({ index, rules: [asIs] }))
  return all(
    wanted.map(({ index, rules }) => {
      const example = expected[index]
      if (example === undefined) return refused(`the pact has no element ${index} to compare with`)
      return found(compiler.compile(example, Rules.of(rules)), `has no element like ${quoted(example)}`)
    }),
  )
}

function found(check: Check, otherwise: string): Check<readonly unknown[]> {
  return (actual, report) => {
    if (actual.some((element) => check(element, null))) return true
    if (report === null) return false
    return actual.some((element) => isDoubtful(check, element))
      ? doubtful(report, `${otherwise} of which one can be sure`)
      : wrong(report, otherwise)
  }
}

/** Whether nothing speaks against a value but that nobody can say. */
function isDoubtful(check: Check, value: unknown): boolean {
  const report = new Report('')
  check(value, report)
  return report.found.every(({ uncheckable }) => uncheckable)
}
