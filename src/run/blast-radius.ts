import { BrownoutError, exitCodes } from '../core/errors.ts'
import { type Edge, formatAddress } from '../system/topology.ts'
import type { Plan } from './plan.ts'

/** One address that a run may touch, and why. */
export interface Target {
  what: string
  address: string
}

/** Everything a plan sends traffic to or injects faults on. Rejects a target that is not on loopback. */
export function targetsOf({ topology, scenarios }: Plan): Target[] {
  const bases = new Map(
    scenarios.flatMap(({ interactions }) => interactions.map(({ key, base }) => [base, key.split(' / ')[0] as string])),
  )
  const scripts = scenarios.flatMap(({ script }) => script ?? [])
  const probed = new Set(scenarios.flatMap(({ probes }) => probes.map(({ url }) => new URL(url).host)))
  const faulted = new Set(scenarios.flatMap(({ faults }) => faults.flatMap(({ edges }) => edges)))
  const targets = [
    ...[...bases].map(([base, pair]) => ({ what: `load of ${pair}`, address: new URL(base).host })),
    ...scripts.flatMap(({ name, addresses }) =>
      [...Map.groupBy(addresses, ({ address }) => address)].map(([address, told]) => ({
        what: `load of ${name} (${told.map((each) => each.name).join(', ')})`,
        address,
      })),
    ),
    ...[...probed].map((address) => ({ what: `probes of ${ownerOf(address, topology)}`, address })),
    ...topology.edges.filter(({ id }) => faulted.has(id)).map(targetOf),
  ]
  const outside = targets.filter(({ address }) => !address.split(' ').every(isLoopback))
  if (outside.length === 0) return targets
  throw new BrownoutError(
    'OUTSIDE_BLAST_RADIUS',
    `Failed to plan: ${outside.map(({ address }) => address).join(', ')} is not on loopback.`,
    {
      exitCode: exitCodes.stopped,
    },
  )
}

function targetOf({ id, proxy, upstream }: Edge): Target {
  return { what: `faults on ${id}`, address: `${formatAddress(proxy)} ${formatAddress(upstream)}` }
}

function ownerOf(address: string, { instances }: Plan['topology']): string {
  return instances.find((instance) => formatAddress(instance) === address)?.id ?? address
}

function isLoopback(address: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost):\d+$/.test(address)
}
