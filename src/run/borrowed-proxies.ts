import { BrownoutError, exitCodes } from '../core/errors.ts'
import { isPortFree } from '../core/ports.ts'
import type { EdgeFaults } from '../fault/edge-faults.ts'
import { deleteOwnProxies } from '../fault/own-proxies.ts'
import { listProxies, readVersion } from '../fault/toxiproxy-api.ts'
import { type Edge, formatAddress } from '../system/topology.ts'
import type { Session } from './session.ts'

const limitMs = 2_000
const lookEveryMs = 500
/** A server that is busy once is not dead. */
const looksMissed = 3

/**
 * Makes sure that the run's proxies on a server that is not its own are deleted, by whichever hand: they are written down
 * before they are made. A server that ends ends the run. Rejects when a proxy of somebody else has the port of one of ours.
 */
export async function borrowServer(
  { api, nameOf }: EdgeFaults,
  edges: readonly Edge[],
  session: Session,
): Promise<{ checkPlace(): Promise<void> }> {
  const taken = new Map((await listProxies(api, limitMs)).map(({ listen, name }) => [portOf(listen), name]))
  for (const { id, proxy } of edges) {
    const other = taken.get(proxy.port)
    if (other === undefined) continue
    throw new BrownoutError('PORT_IN_USE', `Failed to open "${id}": proxy "${other}" of ${api} has its port.`, {
      exitCode: exitCodes.inconclusive,
      hint: 'Try again; ports are chosen anew.',
    })
  }
  const own = { api, names: edges.map(nameOf) }
  session.ledger.write({ type: 'proxies', ...own })
  const stop = watchServer(api, session)
  // The name by which a fault on an edge is known to be gone with its holder.
  session.scope.hold('toxiproxy', async () => {
    stop()
    const left = await deleteOwnProxies(own, limitMs)
    if (left.length > 0) throw new Error(left.map(({ name, why }) => `proxy "${name}" stays: ${why}`).join('; '))
  })
  return { checkPlace: () => checkPlace(api, edges) }
}

/** A server in a container of its own network opens its ports there, where no service finds them. */
async function checkPlace(api: string, edges: readonly Edge[]): Promise<void> {
  for (const { id, proxy } of edges) {
    if (!(await isPortFree(proxy.host, proxy.port))) continue
    throw new BrownoutError(
      'PROXY_ELSEWHERE',
      `Failed to open "${id}": the Toxiproxy of ${api} says it listens on ${formatAddress(proxy)}, and nobody does here.`,
      { exitCode: exitCodes.inconclusive, hint: "If it is in a container, start that with the machine's own network." },
    )
  }
}

/** Asks the server now and then; ends the run when it does not answer any more. Returns what stops it. */
function watchServer(api: string, session: Session): () => void {
  let missed = 0
  let busy = false
  const look = async () => {
    if (busy) return
    busy = true
    const answers = await readVersion(api, limitMs).then(
      () => true,
      () => false,
    )
    busy = false
    missed = answers ? 0 : missed + 1
    if (missed < looksMissed) return
    clearInterval(timer)
    const message = `the Toxiproxy at ${api} does not answer any more`
    session.end({ code: 'PROXIES_DIED', message, exitCode: exitCodes.inconclusive })
  }
  const timer = setInterval(look, lookEveryMs)
  return () => clearInterval(timer)
}

function portOf(listen: string): number {
  return Number(listen.slice(listen.lastIndexOf(':') + 1))
}
