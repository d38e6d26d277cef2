import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Child, startCommand } from '../../src/core/child.ts'
import { identify, type ProcessIdentity } from '../../src/core/process-identity.ts'

/** A control API that can be told to hang or refuse certain calls, and counts them all. */
export interface StubbornToxiproxy extends AsyncDisposable {
  api: string
  calls: string[]
}

interface Behaviour {
  /** Calls, such as `DELETE toxic`, that never get an answer. */
  hangs?: readonly string[]
  /** Calls after which the fault is gone. */
  heals: readonly string[]
  /** What the fault is. */
  toxic: string | null
}

/** What a server that has come to a standstill answers to none of. */
export const everyCall = ['GET', 'POST', 'DELETE']
  .map((method) => `${method} proxy`)
  .concat('DELETE toxic', 'enable', 'disable')

/**
 * Not our own proxy but a peer that misbehaves on purpose, as a real Toxiproxy was seen to: DELETE of a toxic that never
 * answers, calls that succeed and change nothing.
 */
export async function stubbornToxiproxy({ hangs = [], heals, toxic }: Behaviour): Promise<StubbornToxiproxy> {
  const calls: string[] = []
  let faulty = true
  const server: Server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const call = nameOf(request, body)
      calls.push(call)
      if (hangs.includes(call)) return
      if (heals.includes(call)) faulty = false
      const toxics = faulty && toxic !== null ? [{ name: toxic }] : []
      response.end(JSON.stringify({ name: 'a-to-b', enabled: !(faulty && toxic === null), toxics }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function nameOf({ method, url = '' }: IncomingMessage, body: string): string {
  if (url.includes('/toxics/')) return `${method} toxic`
  const enabled = body === '' ? undefined : (JSON.parse(body) as { enabled?: boolean }).enabled
  return method === 'PATCH' ? (enabled ? 'enable' : 'disable') : `${method} proxy`
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/** A process, and one in its group that it started. To end the first ends both. */
export async function parentAndChild(folder: string): Promise<{ parent: Child; child: ProcessIdentity }> {
  const log = join(folder, 'log')
  const code = "console.log(require('child_process').spawn('sleep', ['60']).pid); setInterval(() => {}, 1000)"
  const env = { PATH: process.env['PATH'] ?? '' }
  const parent = await startCommand({ name: 'parent', command: [process.execPath, '-e', code], cwd: folder, env, log })
  await expect.poll(() => readFileSync(log, 'utf8'), { timeout: 10_000 }).toMatch(/\d+\n/)
  return { parent, child: identify(Number(readFileSync(log, 'utf8').trim())) }
}
