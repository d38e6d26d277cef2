import { type ICreateToxicBody, type ToxicDirection, Toxiproxy } from 'toxiproxy-node-client'
import { BrownoutError, exitCodes, messageOf } from '../../core/errors.ts'
import { ms } from '../../core/duration.ts'
import { type Edge, formatAddress } from '../../system/topology.ts'
import type { EdgeFaults } from '../edge-faults.ts'
import type { Fault } from '../vocabulary.ts'
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
    undoOf: (fault, id, edge) => ({ api, proxy: proxyOf(edge), toxic: fault.kind === 'down' ? null : id }),
    async inject(fault, id, edge) {
      const { name } = proxyOf(edge)
      if (fault.kind === 'down') {
        await setEnabled(api, name, false, limitMs)
      } else {
        const proxy = await limited(`find the proxy of "${edge.id}"`, client.get(name))
        await limited(`add ${fault.kind} to "${edge.id}"`, proxy.addToxic(toxicOf(fault, id)))
      }
      const state = await readProxy(api, name, limitMs)
      const inForce =
        fault.kind === 'down' ? state?.enabled === false : state?.toxics.some((toxic) => toxic.name === id)
      if (!inForce)
        throw new BrownoutError(
          'NOT_INJECTED',
          `Failed to inject ${fault.kind} on "${edge.id}": it is not there when read back.`,
          { exitCode: exitCodes.inconclusive },
        )
    },
  }
}

/** `balancer-to-storefront.1`: the library does not encode names in paths, so they must not need it. */
function proxyOf(edge: Edge) {
  const name = edge.id.replace(' → ', '-to-').replace('#', '.')
  return { name, listen: formatAddress(edge.proxy), upstream: formatAddress(edge.tap) }
}

/** The toxic that makes a fault; `down` and `kill` are none. */
function toxicOf(fault: Fault, name: string): ICreateToxicBody<Record<string, number>> {
  const toxic = (type: string, stream: ToxicDirection, attributes: Record<string, number>) =>
    ({ name, type, stream, toxicity: 1, attributes }) as unknown as ICreateToxicBody<Record<string, number>>
  switch (fault.kind) {
    case 'timeout':
      return toxic('timeout', fault.stream, { timeout: ms(fault.after) })
    case 'reset':
      return toxic('reset_peer', 'downstream', { timeout: ms(fault.after) })
    case 'latency':
      return toxic('latency', 'downstream', {
        latency: Math.round(ms(fault.delay)),
        jitter: Math.round(ms(fault.jitter)),
      })
    case 'down':
    case 'kill':
      throw new TypeError(`"${fault.kind}" is no toxic`)
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
