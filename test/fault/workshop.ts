import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Child, startCommand } from '../../src/core/child.ts'
import { monotonicClock } from '../../src/core/clock.ts'
import { freePorts } from '../../src/core/ports.ts'
import { seededRandom } from '../../src/core/random.ts'
import { connectToxiproxy } from '../../src/fault/driver/toxiproxy.ts'
import type { FaultTools } from '../../src/fault/fault-tools.ts'
import { HeldFaults } from '../../src/fault/held-faults.ts'
import { blankFault } from '../../src/fault/hold.ts'
import { Ledger } from '../../src/fault/ledger.ts'
import { planFaults } from '../../src/fault/plan.ts'
import type { Fault } from '../../src/fault/vocabulary.ts'
import { probe } from '../../src/system/probe.ts'
import type { Edge, Instance } from '../../src/system/topology.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { startTestProxy, type TestProxy } from '../toxiproxy/harness.ts'

const answering =
  "require('http').createServer((_, a) => a.end('{}')).listen(Number(process.env.PORT), '127.0.0.1', () => {})"

/**
 * Services, each a process behind a proxy on an edge from `client`, and what faults need of them. `log` tells what happened
 * to the processes, in order. All ends with the test.
 */
export function workshop(...services: string[]) {
  return workshopOn(startTestProxy, ...services)
}

/** The same, on the Toxiproxy that `startProxy` gives. */
export async function workshopOn(startProxy: () => Promise<TestProxy>, ...services: string[]) {
  const folder = await temporaryFolder()
  const toxiproxy = await startProxy()
  const edges = await connectToxiproxy(toxiproxy.url)
  const clock = monotonicClock()
  const over = new AbortController()
  const ledger = new Ledger(join(folder.path, 'test.ledger'))
  const children = new Map<string, Child>()
  const log: string[] = []
  const ports = await freePorts(2 * services.length, { taken: new Set() })
  const instances = services.map((id, index): Instance => {
    return { id, service: id.split('#')[0] as string, ...at(ports[index]), probe: { kind: 'http', path: '/' } }
  })
  const way = instances.map(({ id, service, host, port }, index): Edge => {
    const upstream = { host, port }
    const proxy = at(ports[services.length + index])
    return { id: `client → ${id}`, consumer: 'client', provider: service, instance: id, proxy, tap: upstream, upstream }
  })
  const instanceOf = (id: string) => instances.find((instance) => instance.id === id) as Instance
  const start = async (id: string) => {
    const { host, port, probe: asked } = instanceOf(id)
    const command = [process.execPath, '-e', answering]
    const options = { name: id, command, cwd: folder.path, env: { PORT: String(port) }, log: join(folder.path, id) }
    children.set(id, await startCommand(options))
    while ((await probe({ host, port }, asked, { limitMs: 1_000 })).outcome !== 'answered') await clock.sleep(10)
    log.push(`${id} is ready`)
  }
  onTestFinished(async () => {
    await Promise.all([...children.values()].map((child) => child.stop(0)))
    await folder[Symbol.asyncDispose]()
  })
  await Promise.all([...services.map(start), ...way.map((edge) => edges.open(edge))])
  const childOf = (id: string) => children.get(id) as Child

  const tools: FaultTools = {
    clock,
    signal: over.signal,
    ledger,
    edges,
    edge: (id) => way.find((edge) => edge.id === id) as Edge,
    probe: ({ instance }) => instanceOf(instance).probe,
    processes: {
      identityOf: (id) => childOf(id).identity,
      kill: async (id) => void (await childOf(id).stop(0)),
      startAgain: start,
      async restart(ids, note) {
        for (const id of ids) {
          await childOf(id).stop()
          note(`${id} ended`)
          await start(id)
          note(`${id} is ready`)
        }
      },
    },
    restartProxies: null,
  }
  return {
    tools,
    toxiproxy,
    ledger,
    log,
    childOf,
    /** As when the run ends. */
    end: () => over.abort(),
    /** How the service is found through its proxy. */
    async look(id: string): Promise<string> {
      const edge = way.find(({ instance }) => instance === id) as Edge
      return (await probe(edge.proxy, instanceOf(id).probe, { limitMs: 300, canary: true })).outcome
    },
    hold(...faults: Fault[]): HeldFaults {
      const planned = planFaults(faults, 'n', { instances, edges: way }, seededRandom(1, 'faults'))
      return new HeldFaults(planned, planned.map(blankFault), tools)
    },
  }
}

export const leaseMs = 60_000

export async function injectAll(held: HeldFaults): Promise<void> {
  for (const fault of held.all) await fault.sendCanaries('before')
  for (const fault of held.all) await fault.inject(leaseMs)
}

export const recordsOf = (held: HeldFaults) => held.all.map(({ record }) => record)

function at(port: number | undefined) {
  return { host: '127.0.0.1', port: port ?? 0 }
}
