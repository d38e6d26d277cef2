import { type Duration, ms } from '../../core/duration.ts'
import { BrownoutError, exitCodes } from '../../core/errors.ts'
import { type Edge, formatAddress } from '../../system/topology.ts'
import type { EdgeFaults } from '../edge-faults.ts'
import { addToxic, createProxy, readProxy, readVersion, setEnabled, type Toxic } from '../toxiproxy-api.ts'
import type { EdgeFault, Fault } from '../vocabulary.ts'

const limitMs = 3_000

/** Speaks to a Toxiproxy, the real one or ours. `prefix` begins the names of its proxies, for a server that has others too. */
export async function connectToxiproxy(api: string, prefix = ''): Promise<EdgeFaults> {
  const version = await readVersion(api, limitMs)
  const proxyOf = (edge: Edge) => ({
    name: prefix + nameOf(edge),
    listen: formatAddress(edge.proxy),
    upstream: formatAddress(edge.tap),
  })
  return {
    api,
    version,
    open: (edge) => createProxy(api, proxyOf(edge), limitMs),
    undoOf: (fault, id, edge) => ({
      api,
      proxy: proxyOf(edge),
      toxic: isToxic(fault) ? id : null,
      ...(fault.kind === 'reset' ? { waitsMs: ms(fault.after) } : {}),
    }),
    async inject(fault, id, edge) {
      const { name } = proxyOf(edge)
      if (isToxic(fault)) await addToxic(api, name, toxicOf(fault, id), limitMs)
      else await setEnabled(api, name, false, limitMs)
      const state = await readProxy(api, name, limitMs)
      const inForce = isToxic(fault) ? state?.toxics.some((toxic) => toxic.name === id) : state?.enabled === false
      if (!inForce)
        throw new BrownoutError(
          'NOT_INJECTED',
          `Failed to inject ${fault.kind} on "${edge.id}": it is not there when read back.`,
          { exitCode: exitCodes.inconclusive },
        )
    },
    setEnabled: (edge, enabled) => setEnabled(api, proxyOf(edge).name, enabled, limitMs),
    nameOf: (edge) => proxyOf(edge).name,
  }
}

/** `balancer-to-storefront.1`: good to read in a path. */
function nameOf({ id }: Edge): string {
  return id.replace(' → ', '-to-').replace('#', '.')
}

/** The rest disable the proxy, or have nothing to do with one. */
type ToxicFault = Exclude<EdgeFault, { kind: 'down' | 'flapping' }>

function isToxic(fault: Fault): fault is ToxicFault {
  return 'on' in fault && fault.kind !== 'down' && fault.kind !== 'flapping'
}

/** All but the black hole sit on the replies. */
function toxicOf(fault: ToxicFault, name: string): Toxic {
  const toxic = (type: string, attributes: Record<string, number>, stream: Toxic['stream'] = 'downstream') => {
    return { name, type, stream, toxicity: 1, attributes }
  }
  const whole = (duration: Duration, perMs = 1) => Math.round(ms(duration) * perMs)
  switch (fault.kind) {
    case 'timeout':
      return toxic('timeout', { timeout: whole(fault.after) }, fault.stream)
    case 'reset':
      return toxic('reset_peer', { timeout: whole(fault.after) })
    case 'latency':
      return toxic('latency', { latency: whole(fault.delay), jitter: whole(fault.jitter) })
    case 'bandwidth':
      return toxic('bandwidth', { rate: fault.rate })
    case 'slicer':
      return toxic('slicer', { average_size: fault.size, size_variation: 0, delay: whole(fault.delay, 1_000) })
    case 'limitData':
      return toxic('limit_data', { bytes: fault.bytes })
    case 'slowClose':
      return toxic('slow_close', { delay: whole(fault.delay) })
  }
}
