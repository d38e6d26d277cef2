import { type ExitCode, exitCodes } from '../core/errors.ts'
import type { Matter } from '../report/decision.ts'
import { mattersOf } from '../report/matters.ts'
import type { Report, ScenarioReport } from '../report/report.ts'
import type { GatePolicy } from '../system/policy.ts'

/** What a scenario has against shipping, and the exit code it leads to; `null`: only a warning. */
export interface Trouble {
  matter: Matter & { scenario: string }
  code: ExitCode | null
}

const meanings = { inconclusive: exitCodes.inconclusive, broken: exitCodes.broken, warning: null }

/** Broken promises, deaths, and, by what the policy makes of them, what is undecided and what nobody declared. */
export function troublesOf({ scenarios }: Report, policy: GatePolicy): Trouble[] {
  const { undecided = 'inconclusive', undeclared = 'warning' } = policy
  return scenarios.flatMap((scenario) =>
    mattersOf(scenario)
      .filter(({ kind }) => kind !== 'undeclared' || undeclared === 'broken')
      .map((matter) => {
        const isOpen = matter.kind === 'doubt' || matter.kind === 'undecided'
        const open = ownEnd(scenario) ?? meanings[undecided]
        return { matter: { ...matter, scenario: scenario.name }, code: isOpen ? open : exitCodes.broken }
      }),
  )
}

/** The code of what ended the scenario early, where it says nothing of the system under test: a bug of ours, Ctrl-C. */
function ownEnd({ endedBy }: ScenarioReport): ExitCode | null {
  const code = (endedBy?.exitCode ?? null) as ExitCode | null
  return isForPolicy(code) ? null : code
}

/** No policy touches any exit code but 1 and 3. */
export function isForPolicy(code: ExitCode | null): boolean {
  return code === null || code === exitCodes.broken || code === exitCodes.inconclusive
}
