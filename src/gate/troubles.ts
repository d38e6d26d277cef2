import { type ExitCode, exitCodes } from '../core/errors.ts'
import { wholeDoubts } from '../report/finding.ts'
import type { Report, ScenarioReport } from '../report/report.ts'
import type { GatePolicy } from '../system/policy.ts'

/** What a scenario has against shipping. */
export interface Trouble {
  scenario: string
  /** As waivers name it: `'during: share of broken at most 5 %'`; `null` when it is about the whole scenario. */
  promise: string | null
  text: string
  /** The exit code it leads to; `null`: only a warning. */
  code: ExitCode | null
}

const meanings = { inconclusive: exitCodes.inconclusive, broken: exitCodes.broken, warning: null }

/** Broken promises, deaths, and, by what the policy makes of them, what is undecided and what nobody declared. */
export function troublesOf({ scenarios }: Report, { undecided = 'inconclusive', undeclared }: GatePolicy): Trouble[] {
  return scenarios.flatMap((scenario): Trouble[] => {
    const { name, promises, deaths, gaps } = scenario
    const whole = (text: string) => ({ scenario: name, promise: null, text: `${name}: ${text}` })
    const each = (status: string) =>
      promises
        .filter((promise) => promise.status === status)
        .map(({ phase, text }) => `${phase}: ${text}`)
        .map((promise) => ({ scenario: name, promise, text: `${name}: ${promise}` }))
    const code = meanings[undecided]
    const [doubt] = wholeDoubts(scenario)
    return [
      ...each('broken').map((trouble) => ({ ...trouble, code: exitCodes.broken })),
      ...deaths.map(({ text }) => ({ ...whole(text), code: exitCodes.broken })),
      // A doubt about the whole scenario says it for all of its promises.
      ...(doubt === undefined
        ? each('undecided').map((trouble) => ({ ...trouble, text: `${trouble.text} is undecided`, code }))
        : [{ ...whole(doubt), code }]),
      ...(undeclared === 'broken' ? gaps.map((gap) => ({ ...whole(describeGap(gap)), code: exitCodes.broken })) : []),
    ]
  })
}

export function describeGap({ interaction, condition }: ScenarioReport['gaps'][number]): string {
  return `nobody declared what holds for "${interaction}" under "${condition}"`
}
