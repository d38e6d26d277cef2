import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Child } from '../../src/core/child.ts'
import { findPart } from '../../src/core/parts.ts'
import { freePorts } from '../../src/core/ports.ts'
import { isAlive } from '../../src/core/process-identity.ts'
import { embeddedProxies, ownToxiproxy } from '../../src/engines/proxies.ts'
import type { Engines } from '../../src/run/engines.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const real = findPart('toxiproxy-server')?.file ?? 'toxiproxy-server'

/** Starts proxies; what they hold ends with the test. */
async function starting(start: Engines['startProxies']) {
  const folder = await temporaryFolder()
  const held: Child[] = []
  const abort = new AbortController()
  onTestFinished(async () => {
    await Promise.all(held.map((child) => child.stop(0)))
    await folder[Symbol.asyncDispose]()
  })
  const [port = 0] = await freePorts(1)
  const log = (name: string) => join(folder.path, `${name}.log`)
  const hold = (child: Child) => void held.push(child)
  const context = { run: 'r', seed: 7, log, hold, signal: abort.signal }
  return { port, held, abort, folder: folder.path, log: log('toxiproxy'), start: () => start(port, context) }
}

/** A program that does something before it becomes the real server. */
async function delayed(folder: string, first: string): Promise<string> {
  const file = join(folder, 'server')
  await writeFile(file, `#!/bin/sh\n${first}\nexec ${real} "$@"\n`, { mode: 0o755 })
  return file
}

async function listen(port: number, answer: string): Promise<void> {
  const server = createServer((_, response) => response.end(answer))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
}

test('a real Toxiproxy of the run: on the port, by name and version, held, and quiet', async () => {
  const { start, held, port, log } = await starting(ownToxiproxy({ file: real, version: '2.12.0' }))
  const { faults, part, outlivesRun } = await start()
  expect(part).toEqual({ role: 'proxies', name: 'Toxiproxy', version: '2.12.0' })
  expect([faults.api, outlivesRun]).toEqual([`http://127.0.0.1:${port}`, false])
  expect(held.map(({ name, identity }) => [name, isAlive(identity)])).toEqual([['toxiproxy', true]])
  for (let call = 0; call < 50; call++) await fetch(`${faults.api}/proxies`)
  expect(readFileSync(log, 'utf8')).toBe('')
})

test.for([
  ['the real one', () => ownToxiproxy({ file: real, version: '2.12.0' })],
  ['the embedded one', () => embeddedProxies('0')],
] as const)('a port that is taken is told before %s is started, by whom', async ([, make]) => {
  const { start, port, held } = await starting(make())
  await listen(port, '{"version": "2.12.0"}')
  await expect(start()).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    exitCode: 3,
    message: expect.stringContaining(`port ${port} of 127.0.0.1 is in use by process ${process.pid}`) as string,
  })
  expect(held).toEqual([])
})

test('a port that is taken before the server binds it: nobody else is taken for it', async () => {
  const folder = await temporaryFolder()
  onTestFinished(() => folder[Symbol.asyncDispose]())
  const { start, port } = await starting(ownToxiproxy({ file: await delayed(folder.path, 'sleep 1'), version: '' }))
  const started = start()
  await new Promise((resolve) => setTimeout(resolve, 300))
  await listen(port, '{"version": "2.12.0"}')
  await expect(started).rejects.toMatchObject({ code: 'PORT_IN_USE', exitCode: 3 })
})

test('one that ends at once is told with its last words', async () => {
  const folder = await temporaryFolder()
  onTestFinished(() => folder[Symbol.asyncDispose]())
  const file = await delayed(folder.path, 'echo "no more files" >&2; exit 3')
  const { start } = await starting(ownToxiproxy({ file, version: '' }))
  await expect(start()).rejects.toMatchObject({
    exitCode: 3,
    message: 'Failed to start "toxiproxy": it ended with exit code 3 before it was ready.\n  | no more files',
  })
})

test('nobody waits for one that does not answer when the run is over', async () => {
  const folder = await temporaryFolder()
  onTestFinished(() => folder[Symbol.asyncDispose]())
  const { start, abort } = await starting(ownToxiproxy({ file: await delayed(folder.path, 'sleep 60'), version: '' }))
  const started = start()
  setTimeout(() => abort.abort(), 300)
  const from = performance.now()
  await expect(started).rejects.toThrow('abort')
  expect(performance.now() - from).toBeLessThan(5_000)
})
