import { freePorts } from '../core/ports.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { connectToxiproxy } from '../fault/driver/toxiproxy.ts'
import { undoOverToxiproxy } from '../fault/undo.ts'
import type { EdgeFault, Fault } from '../fault/vocabulary.ts'
import type { Address, Edge } from '../system/topology.ts'
import { startToxiproxy, type Toxiproxy } from '../toxiproxy/server.ts'

const limitMs = 3_000
const host = '127.0.0.1'

/** The way to a server, through an embedded Toxiproxy of its own: faults can be put on it. */
export interface Link extends AsyncDisposable {
  /** To be used in place of the server's address. */
  readonly url: string
  /**
   * Puts a fault on the way, beside those that are there: `down('db')`, `latency('db', '300ms')`, `reset('db')`. What it names
   * does not matter: there is one way. Rejects a fault that is none of a connection.
   */
  inject(fault: Fault): Promise<void>
  /** Takes all faults away, and reads back that they are gone. */
  restore(): Promise<void>
}

/** `await using link = await openLink('http://127.0.0.1:3000')`; for servers that speak no HTTP, `tcp://127.0.0.1:6379`. */
export async function openLink(upstream: string): Promise<Link> {
  const { protocol, hostname, port } = new URL(upstream)
  const target = { host: hostname, port: Number(port || 80) }
  const toxiproxy = await startToxiproxy({ host, port: 0, seed: 1 })
  try {
    return await linkThrough(toxiproxy, target, protocol)
  } catch (error) {
    await toxiproxy.close()
    throw error
  }
}

async function linkThrough(toxiproxy: Toxiproxy, target: Address, protocol: string): Promise<Link> {
  const faults = await connectToxiproxy(`http://${toxiproxy.host}:${toxiproxy.port}`)
  const [own = 0] = await freePorts(1)
  const proxy = { host, port: own }
  const edge: Edge = {
    id: 'test → link',
    consumer: 'test',
    provider: 'link',
    instance: 'link',
    proxy,
    tap: target,
    upstream: target,
  }
  await faults.open(edge)
  let held: { fault: EdgeFault; id: string }[] = []
  let count = 0
  const restore = async () => {
    for (const { fault, id } of held.toReversed()) await undoOverToxiproxy(faults.undoOf(fault, id, edge), { limitMs })
    held = []
  }
  return {
    url: `${protocol}//${host}:${own}`,
    async inject(fault) {
      if (!('on' in fault) || fault.kind === 'flapping') throw noneOfALink(fault)
      const id = `test.${++count}`
      held.push({ fault, id })
      await faults.inject(fault, id, edge)
    },
    restore,
    [Symbol.asyncDispose]: () => toxiproxy.close(),
  }
}

function noneOfALink({ kind }: Fault): BrownoutError {
  return new BrownoutError('NO_LINK_FAULT', `Failed to put "${kind}" on a link: it is no fault of a connection.`, {
    exitCode: exitCodes.usage,
    hint: 'Use down, timeout, reset, latency, bandwidth, slicer, limitData or slowClose; scenarios have the others.',
  })
}
