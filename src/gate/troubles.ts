import { type ExitCode, exitCodes } from '../core/errors.ts'
import type { Matter } from '../report/decision.ts'
import { mattersOf } from '../report/matters.ts'
import type { Report } from '../report/report.ts'
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
        return { matter: { ...matter, scenario: scenario.name }, code: isOpen ? meanings[undecided] : exitCodes.broken }
      }),
  )
}
