import { type ICreateToxicBody, type ToxicDirection, Toxiproxy } from 'toxiproxy-node-client'
import { BrownoutError, exitCodes, messageOf } from '../../core/errors.ts'
import { type Duration, ms } from '../../core/duration.ts'
import { type Edge, formatAddress } from '../../system/topology.ts'
import type { EdgeFaults } from '../edge-faults.ts'
import type { EdgeFault, Fault } from '../vocabulary.ts'
import { readProxy, setEnabled } from '../toxiproxy-api.ts'

const limitMs = 3_000

export async function connectToxiproxy(api: string): Promise<EdgeFaults> {
  const client = new Toxiproxy(api)
  const version = JSON.parse(await limited('ask Toxiproxy for its version', client.getVersion())) as { version: string }
  return {
    api,
    version: version.version,
    async open(edge) {
      await limited(`create the proxy of "${edge.id}"`, client.createProxy(proxyOf(edge)))
    },
    undoOf: (fault, id, edge) => ({ api, proxy: proxyOf(edge), toxic: isToxic(fault) ? id : null }),
    async inject(fault, id, edge) {
      const { name } = proxyOf(edge)
      if (isToxic(fault)) {
        const proxy = await limited(`find the proxy of "${edge.id}"`, client.get(name))
        await limited(`add ${fault.kind} to "${edge.id}"`, proxy.addToxic(toxicOf(fault, id)))
      } else {
        await setEnabled(api, name, false, limitMs)
      }
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
  }
}

/** `balancer-to-storefront.1`: the library does not encode names in paths, so they must not need it. */
function proxyOf(edge: Edge) {
  const name = edge.id.replace(' → ', '-to-').replace('#', '.')
  return { name, listen: formatAddress(edge.proxy), upstream: formatAddress(edge.tap) }
}

/** The rest disable the proxy, or have nothing to do with one. */
type ToxicFault = Exclude<EdgeFault, { kind: 'down' | 'flapping' }>

function isToxic(fault: Fault): fault is ToxicFault {
  return 'on' in fault && fault.kind !== 'down' && fault.kind !== 'flapping'
}

/** All but the black hole sit on the replies. */
function toxicOf(fault: ToxicFault, name: string): ICreateToxicBody<Record<string, number>> {
  const toxic = (type: string, attributes: Record<string, number>, stream: ToxicDirection = 'downstream') =>
    ({ name, type, stream, toxicity: 1, attributes }) as unknown as ICreateToxicBody<Record<string, number>>
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

/** The library's calls have no time limit of their own. */
async function limited<Value>(doing: string, call: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${limitMs} ms`)), limitMs)
  })
  try {
    return await Promise.race([call, limit])
  } catch (error) {
    throw new BrownoutError('TOXIPROXY_FAILED', `Failed to ${doing}: ${messageOf(error)}.`, {
      exitCode: exitCodes.inconclusive,
      cause: error,
    })
  } finally {
    clearTimeout(timer)
  }
}
