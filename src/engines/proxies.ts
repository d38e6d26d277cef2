import { dirname } from 'node:path'
import { type Child, startCommand } from '../core/child.ts'
import { startProgram } from '../core/start-program.ts'
import { monotonicClock } from '../core/clock.ts'
import { portHolder } from '../core/port-holder.ts'
import { connectToxiproxy } from '../fault/driver/toxiproxy.ts'
import type { Engines } from '../run/engines.ts'
import { lastLines } from '../system/log-lines.ts'
import { checkPort, type Listener, portInUse, waitUntilReady } from '../system/start.ts'
import type { ReadyPart } from './parts/inspect.ts'

type StartProxies = Engines['startProxies']

/** The name under which every proxy server of a run is held: faults on edges end with it. */
const id = 'toxiproxy'
const host = '127.0.0.1'

/** Proxies of our own, in a process of their own. */
export function embeddedProxies(version: string): StartProxies {
  return async (port, { seed, log, hold }) => {
    await checkPort({ id, host, port })
    const module = new URL('../toxiproxy/main.ts', import.meta.url)
    const process = await startProgram(id, module, { host, port, seed }, { log: log(id) })
    hold(process)
    const faults = await connectToxiproxy(`http://${host}:${port}`)
    return { faults, part: { role: 'proxies', name: 'embedded Toxiproxy', version }, outlivesRun: false }
  }
}

/** A real Toxiproxy, started for the run. */
export function ownToxiproxy({ file, version }: ReadyPart): StartProxies {
  return async (port, { seed, log, hold, signal }) => {
    const listener = { id, host, port }
    await checkPort(listener)
    const command = [file, '-host', host, '-port', String(port), '-seed', String(seed)]
    // It tells of each connection otherwise. Its words go to a file: into a pipe that nobody reads it would come to a stop.
    const env = { LOG_LEVEL: 'warn', PATH: globalThis.process.env['PATH'] ?? '' }
    const process = await startCommand({ name: id, command, cwd: dirname(log(id)), env, log: log(id) })
    hold(process)
    await waitUntilItsOwn(listener, process, { log: log(id), signal })
    const faults = await connectToxiproxy(`http://${host}:${port}`)
    return { faults, part: { role: 'proxies', name: 'Toxiproxy', version }, outlivesRun: false }
  }
}

/** A Toxiproxy that runs already and that others use, too. */
export function runningToxiproxy(api: string): StartProxies {
  return async (_port, { run }) => {
    const faults = await connectToxiproxy(api, `brownout-${run}-`)
    const note = `it ran already, at ${api}; only proxies of the run were touched`
    return { faults, part: { role: 'proxies', name: 'Toxiproxy', version: faults.version, note }, outlivesRun: true }
  }
}

/**
 * Toxiproxy lives on when it does not get its port, and says so in its log alone: then whoever answers there is another.
 * Rejects with `PORT_IN_USE`, else as `waitUntilReady` does.
 */
async function waitUntilItsOwn(
  listener: Listener,
  child: Child,
  { log, signal }: { log: string; signal: AbortSignal },
): Promise<void> {
  const probed = { ...listener, probe: { kind: 'http', path: '/version' }, readyWithinMs: 10_000 } as const
  const lostPort = () => lastLines(log).some((line) => line.includes(`:${listener.port}: bind: `))
  try {
    await waitUntilReady(probed, child, monotonicClock(), { log, signal })
  } catch (error) {
    throw lostPort() ? portInUse(listener) : error
  }
  const holder = portHolder(listener.port)
  if (lostPort() || (holder !== undefined && holder.pid !== child.identity.pid)) throw portInUse(listener)
}
