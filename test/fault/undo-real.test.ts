import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectToxiproxy } from '../../src/fault/driver/toxiproxy.ts'
import { Ledger } from '../../src/fault/ledger.ts'
import { deleteOwnProxies } from '../../src/fault/own-proxies.ts'
import { sweepLedgers } from '../../src/fault/sweep.ts'
import { undoOverToxiproxy } from '../../src/fault/undo.ts'
import { down, type Fault, latency, reset, timeout } from '../../src/fault/vocabulary.ts'
import { edgeTo } from '../conformance/fault-edge.ts'
import { bothToxiproxies } from '../conformance/toxiproxies.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dial, tryDial } from '../toxiproxy/harness.ts'

/** The API of a server, behind which calls that `hangs` names never arrive. */
async function relayTo(api: string, hangs: (call: string) => boolean): Promise<string> {
  const relay = createServer(async (request, response) => {
    const { method = 'GET', url = '' } = request
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (hangs(`${method} ${url}`)) return
    const answer = await fetch(api + url, { method, ...(body ? { body } : {}) })
    response.writeHead(answer.status).end(await answer.text())
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => relay.once('listening', resolve))
  onTestFinished(() => void relay.close().closeAllConnections())
  return `http://127.0.0.1:${(relay.address() as AddressInfo).port}`
}

describe.each(bothToxiproxies())('%s', (_, start) => {
  /** An edge with an injected fault, its API behind a relay from then on. */
  async function faulty(fault: Fault, hangs: RegExp) {
    // First: the port of an edge that does not listen yet could be taken for the server's.
    const { url } = await start()
    const edge = await edgeTo('echo')
    let isStubborn = false
    const edges = await connectToxiproxy(await relayTo(url, (call) => isStubborn && hangs.test(call)))
    await edges.open(edge)
    await edges.inject(fault, 'n.1', edge)
    isStubborn = true
    return { edge, undo: edges.undoOf(fault, 'n.1', edge), heal: () => (isStubborn = false), url }
  }

  test('a DELETE of a toxic that hangs: the proxy is made anew, and traffic flows', async () => {
    const { edge, undo } = await faulty(timeout('echo'), /^DELETE .*\/toxics\//)
    expect(await undoOverToxiproxy(undo, { limitMs: 500 })).toEqual(['remove', 'disable', 'recreate'])
    expect(await (await dial(edge.proxy.port)).ask('hello')).toBe('hello')
  })

  test('a reset that waits for its time is outlasted by the first rung', async () => {
    const { edge, undo } = await faulty(reset('echo', { after: '1s' }), /^nothing/)
    const { socket } = await dial(edge.proxy.port)
    socket.on('error', () => undefined).write('hello')
    await setTimeout(100)
    expect(await undoOverToxiproxy(undo, { limitMs: 300 })).toEqual(['remove'])
  })

  test('a PATCH that hangs: the proxy is made anew, and traffic flows', async () => {
    const { edge, undo } = await faulty(down('echo'), /^PATCH /)
    expect(await undoOverToxiproxy(undo, { limitMs: 500 })).toEqual(['remove', 'disable', 'recreate'])
    expect(await (await dial(edge.proxy.port)).ask('hello')).toBe('hello')
  })

  test('when every DELETE hangs the server is replaced; one that is not ours is exit code 5', async () => {
    const { edge, undo, heal } = await faulty(latency('echo', '10ms'), /^DELETE /)
    await expect(undoOverToxiproxy(undo, { limitMs: 300 })).rejects.toMatchObject({
      code: 'NOT_UNDONE',
      exitCode: 5,
      message: expect.stringMatching(/remove: .*; disable: .*; recreate: /) as string,
    })
    const restart = async () => {
      heal()
      await deleteOwnProxies({ api: undo.api, names: [undo.proxy.name] }, 1_000)
      await (await connectToxiproxy(undo.api)).open(edge)
    }
    expect(await undoOverToxiproxy(undo, { limitMs: 300, restart })).toEqual([
      'remove',
      'disable',
      'recreate',
      'restart',
    ])
  })

  test('proxies of the run are deleted with all that is in them, and no others', async () => {
    const { edge, undo, url } = await faulty(timeout('echo'), /^nothing/)
    const foreign = await edgeTo('echo', 'somebody → else')
    const theirs = await connectToxiproxy(url)
    await theirs.open(foreign)
    await theirs.inject(latency('else', '1ms'), 'theirs', foreign)
    expect(await deleteOwnProxies({ api: undo.api, names: [undo.proxy.name, 'never made'] }, 1_000)).toEqual([])
    expect(await tryDial(edge.proxy.port)).toBe('ECONNREFUSED')
    const left = (await (await fetch(`${url}/proxies`)).json()) as Record<string, { toxics: { name: string }[] }>
    expect(Object.entries(left).map(([name, { toxics }]) => [name, toxics.map((toxic) => toxic.name)])).toEqual([
      ['somebody-to-else', ['theirs']],
    ])
  })

  test('a sweep deletes the proxies of a run that died with its watcher', async () => {
    const { edge, undo, url } = await faulty(timeout('echo'), /^nothing/)
    await using folder = await temporaryFolder()
    const ledger = new Ledger(join(folder.path, 'dead.ledger'))
    ledger.write({ type: 'run', run: 'dead', runner: { pid: 2 ** 22 + 1, startTicks: '1' }, at: 1 })
    ledger.write({ type: 'proxies', api: url, names: [undo.proxy.name] })
    ledger.write({ type: 'fault', id: 'n.1', text: 'timeout(echo)', undo: [undo], expiresAt: 1 })
    expect(await sweepLedgers(folder.path)).toEqual([])
    expect(readdirSync(folder.path)).toEqual([])
    expect(await (await fetch(`${url}/proxies`)).json()).toEqual({})
    expect(await tryDial(edge.proxy.port)).toBe('ECONNREFUSED')
  })

  test('proxies that cannot be deleted are told', async () => {
    const { undo } = await faulty(down('echo'), /^DELETE /)
    expect(await deleteOwnProxies({ api: undo.api, names: [undo.proxy.name] }, 300)).toEqual([
      { name: undo.proxy.name, why: expect.stringContaining('Failed to DELETE') as string },
    ])
  })
})

test('a server that has ended took its faults and proxies with it', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise((resolve) => server.close(resolve))
  const proxy = { name: 'a-to-b', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' }
  expect(await undoOverToxiproxy({ api, proxy, toxic: null }, { limitMs: 500 })).toEqual([
    'remove',
    'disable',
    'recreate',
    'gone',
  ])
  expect(await deleteOwnProxies({ api, names: ['a-to-b'] }, 500)).toEqual([])
})
