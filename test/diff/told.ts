import { type Contract, defineContract, type InteractionDefinition } from '../../src/contract/define.ts'
import { validateContract } from '../../src/contract/validate.ts'
import type { Diff } from '../../src/diff/change.ts'
import { compareVersions } from '../../src/diff/compare/versions.ts'
import { versionOfContract } from '../../src/diff/contract/version.ts'
import { versionOfPact } from '../../src/diff/pact/version.ts'
import type { Version } from '../../src/diff/version.ts'
import type { Pact } from '../../src/pact/model.ts'

/** `breaking degraded (redis: slow) body $.a: may now be null` */
function inLines({ interactions }: Diff): string[] {
  return interactions.flatMap(({ changes }) =>
    changes.map(({ kind, half, condition, place, text }) =>
      [kind, half, condition === null ? '' : `(${condition})`, place].filter(Boolean).join(' ').concat(`: ${text}`),
    ),
  )
}

export function contractOf(more: Partial<Contract>): Contract {
  return defineContract({ consumer: 'browser', provider: 'shop', ...more })
}

export const sound = {
  request: { method: 'GET', path: '/articles/{id}' },
  parameters: { id: 1 },
  response: {},
} satisfies InteractionDefinition

/** What is told of two contracts or pacts. */
export function told(older: Contract | Pact, newer: Contract | Pact): string[] {
  return inLines(compareVersions(versionOf(older), versionOf(newer)))
}

/** What is told of two versions of one interaction that is sound but for the changes. */
export function toldOf(older: Partial<InteractionDefinition>, newer: Partial<InteractionDefinition>): string[] {
  const contract = (change: Partial<InteractionDefinition>) =>
    contractOf({ interactions: { read: { ...sound, ...change } } })
  return told(contract(older), contract(newer))
}

function versionOf(source: Contract | Pact): Version {
  if (!('kind' in source)) return versionOfPact(source, 'a.json')
  const problems = validateContract(source, 'a.contract.ts')
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return versionOfContract({ file: 'a.contract.ts', contract: source })
}
