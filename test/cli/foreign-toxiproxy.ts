import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { type Child, startCommand } from '../../src/core/child.ts'
import { findPart } from '../../src/core/parts.ts'
import { freePorts } from '../../src/core/ports.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { startEcho, talkTo } from '../toxiproxy/harness.ts'

/** A real Toxiproxy that somebody else has been using. */
export interface ForeignToxiproxy {
  url: string
  child: Child
  /** All its proxies, as they are. */
  look(): Promise<Record<string, unknown>>
  /** Names of proxies that were made by a run. */
  ofRuns(): Promise<string[]>
}

/** It has proxies of its own: one with two toxics, one that is disabled. All ends with the test. */
export async function foreignToxiproxy(): Promise<ForeignToxiproxy> {
  const folder = await temporaryFolder()
  const [port = 0] = await freePorts(1)
  const file = findPart('toxiproxy-server')?.file ?? 'toxiproxy-server'
  const child = await startCommand({
    name: 'foreign',
    command: [file, '-host', '127.0.0.1', '-port', String(port)],
    cwd: folder.path,
    env: { LOG_LEVEL: 'warn' },
    log: join(folder.path, 'log'),
  })
  onTestFinished(async () => {
    await child.stop(0)
    await folder[Symbol.asyncDispose]()
  })
  const url = `http://127.0.0.1:${port}`
  await expect.poll(() => fetch(`${url}/version`).then(({ status }) => status), { timeout: 10_000 }).toBe(200)
  const { ok, proxy, addToxic } = talkTo(url)
  const echo = await startEcho()
  await proxy(echo.port, 'theirs')
  await addToxic('latency', { latency: 5 }, { name: 'slow' }, 'theirs')
  await addToxic('timeout', { timeout: 0 }, { name: 'hole', stream: 'upstream', toxicity: 0.5 }, 'theirs')
  await proxy(echo.port, 'disabled', { enabled: false })
  const look = async () => (await ok('GET', '/proxies')) as Record<string, unknown>
  return {
    url,
    child,
    look,
    ofRuns: async () => Object.keys(await look()).filter((name) => name.startsWith('brownout-')),
  }
}
