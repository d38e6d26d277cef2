import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { monotonicClock } from '../../src/core/clock.ts'
import { findPart } from '../../src/core/parts.ts'
import { freePorts } from '../../src/core/ports.ts'
import { ownToxiproxy, runningToxiproxy } from '../../src/engines/proxies.ts'
import type { Engines } from '../../src/run/engines.ts'
import { startEdges } from '../../src/run/proxies.ts'
import { openSession } from '../../src/run/session.ts'
import type { Edge, Instance } from '../../src/system/topology.ts'
import { embeddedEngines } from '../engines/embedded-engines.ts'
import { foreignToxiproxy } from '../cli/foreign-toxiproxy.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dial, startEcho } from '../toxiproxy/harness.ts'

const real = ownToxiproxy({ file: findPart('toxiproxy-server')?.file ?? 'toxiproxy-server', version: '' })

/** One edge to an echo, to be started with these proxies. */
async function oneEdge(startProxies: Engines['startProxies']) {
  const folder = await temporaryFolder()
  const echo = await startEcho()
  const [apiPort = 0, proxy = 0, tap = 0] = await freePorts(3)
  const at = (port: number) => ({ host: '127.0.0.1', port })
  const instance: Instance = { id: 'echo', service: 'echo', ...at(echo.port), probe: { kind: 'tcp' } }
  const edge: Edge = {
    id: 'client → echo',
    consumer: 'client',
    provider: 'echo',
    instance: 'echo',
    proxy: at(proxy),
    tap: at(tap),
    upstream: at(echo.port),
  }
  const log = (name: string) => join(folder.path, `${name}.log`)
  const session = await openSession('r', join(folder.path, 'ledgers'), monotonicClock(), log('watcher'))
  let ending: Promise<unknown> | null = null
  const end = () => (ending ??= session.close())
  onTestFinished(async () => {
    await end()
    await folder[Symbol.asyncDispose]()
  })
  const topology = { edges: [edge], instances: [instance] }
  const engines = { ...embeddedEngines('0'), startProxies }
  const start = () => startEdges({ topology, apiPort, engines, context: { seed: 1, log }, session })
  return { start, apiPort, edge, end }
}

async function occupy(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
}

test.for([
  ['the real Toxiproxy', real],
  ['the embedded Toxiproxy', embeddedEngines('0').startProxies],
] as const)('when the port of its API is taken, %s is started on another', async ([, startProxies]) => {
  const { start, apiPort, edge } = await oneEdge(startProxies)
  await occupy(apiPort)
  const { faults, restartProxies } = await start()
  expect(faults.api).not.toBe(`http://127.0.0.1:${apiPort}`)
  expect(await (await dial(edge.proxy.port)).ask('hello')).toBe('hello')
  await restartProxies?.()
  expect(await (await dial(edge.proxy.port)).ask('again')).toBe('again')
})

test('when no port is to be had after a few, that is told', async () => {
  let tries = 0
  const { start } = await oneEdge(async (port, context) => {
    tries += 1
    await occupy(port)
    return real(port, context)
  })
  await expect(start()).rejects.toMatchObject({ code: 'PORT_IN_USE', exitCode: 3 })
  expect(tries).toBe(3)
})

test('a port of an edge that is taken is told in the words of Toxiproxy', async () => {
  const { start, edge } = await oneEdge(real)
  await occupy(edge.proxy.port)
  await expect(start()).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(`127.0.0.1:${edge.proxy.port}: bind: address already in use`) as string,
  })
})

test('a port that a disabled proxy of somebody else has is not taken from it', async () => {
  const foreign = await foreignToxiproxy()
  const { start, edge, end } = await oneEdge(runningToxiproxy(foreign.url))
  const theirs = { name: 'asleep', listen: `127.0.0.1:${edge.proxy.port}`, upstream: '127.0.0.1:1', enabled: false }
  await fetch(`${foreign.url}/proxies`, { method: 'POST', body: JSON.stringify(theirs) })
  const before = await foreign.look()
  await expect(start()).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining('proxy "asleep"') as string,
  })
  await end()
  expect(await foreign.look()).toEqual(before)
})

test('a Toxiproxy that somebody else runs is not restarted', async () => {
  const foreign = await foreignToxiproxy()
  const { start, edge } = await oneEdge(runningToxiproxy(foreign.url))
  expect((await start()).restartProxies).toBeNull()
  expect(await (await dial(edge.proxy.port)).ask('hello')).toBe('hello')
  expect(await foreign.ofRuns()).toEqual(['brownout-r-client-to-echo'])
})
