import { describe, expect, test } from 'vitest'
import { freePorts } from '../../src/core/ports.ts'
import { connectToxiproxy } from '../../src/fault/driver/toxiproxy.ts'
import { undoOverToxiproxy } from '../../src/fault/undo.ts'
import { down, latency, reset } from '../../src/fault/vocabulary.ts'
import { dial, pause, portOf, startServer, startTestProxy, timed, tryDial } from '../toxiproxy/harness.ts'
import { edgeTo, openEdge } from './fault-edge.ts'
import { bothToxiproxies } from './toxiproxies.ts'

const refusedWith = (words: RegExp) => ({
  name: 'BrownoutError',
  exitCode: 3,
  message: expect.stringMatching(words) as string,
})

describe.each(bothToxiproxies())('%s', (server, start) => {
  test('tells its version', async () => {
    const { edges } = await openEdge('echo', start)
    expect(edges.version).toMatch(server === 'toxiproxy-server' ? /^\d+\.\d+\.\d+$/ : /^git$/)
  })

  test('instances of one provider have proxies of their own', async () => {
    const { edge, edges } = await openEdge('echo', start, 'balancer → storefront#1')
    const other = await edgeTo('echo', 'balancer → storefront#2')
    await edges.open(other)
    await edges.inject(down('storefront'), 'n.1', edge)
    expect(await tryDial(edge.proxy.port)).toBe('ECONNREFUSED')
    expect(await (await dial(other.proxy.port)).ask('hello')).toBe('hello')
    const names = Object.keys((await (await fetch(`${edges.api}/proxies`)).json()) as object)
    expect(names.toSorted()).toEqual(['balancer-to-storefront.1', 'balancer-to-storefront.2'])
  })

  test('the same fault twice is refused, and is there once', async () => {
    const { edge, edges } = await openEdge('echo', start)
    await edges.inject(latency('echo', '1ms'), 'n.1', edge)
    await expect(edges.inject(latency('echo', '1ms'), 'n.1', edge)).rejects.toMatchObject(refusedWith(/already exists/))
    expect(await undoOverToxiproxy(edges.undoOf(latency('echo', '1ms'), 'n.1', edge), { limitMs: 1_000 })).toEqual([
      'remove',
    ])
  })

  test('two faults on an edge are undone one by one', async () => {
    const { edge, edges } = await openEdge('echo', start)
    const faults = [down('echo'), latency('echo', '150ms')]
    for (const [index, fault] of faults.entries()) await edges.inject(fault, `n.${index}`, edge)
    const undo = async (index: number) =>
      undoOverToxiproxy(edges.undoOf(faults[index] ?? down('echo'), `n.${index}`, edge), { limitMs: 1_000 })
    expect(await undo(0)).toEqual(['remove'])
    const peer = await dial(edge.proxy.port)
    expect(await timed(() => peer.ask('late'))).toBeGreaterThanOrEqual(149)
    expect(await undo(1)).toEqual(['remove'])
    expect(await undo(1)).toEqual(['remove'])
    expect(await peer.ask('soon')).toBe('soon')
  })

  test('an edge without a proxy, and one whose proxy or port is taken, are told', async () => {
    const { edge, edges } = await openEdge('echo', start)
    const other = await edgeTo('echo', 'client → other')
    for (const fault of [down('other'), latency('other', '1ms')])
      await expect(edges.inject(fault, 'n.1', other)).rejects.toMatchObject(refusedWith(/proxy not found/))
    await expect(edges.open(edge)).rejects.toMatchObject(refusedWith(/already exists/))
    const { port } = await startServer(() => undefined)
    await expect(edges.open({ ...other, proxy: { host: '127.0.0.1', port } })).rejects.toMatchObject(
      refusedWith(/address already in use/),
    )
  })

  test('a server that answers late is waited for, and one that does not answer is given up', async () => {
    const { edge, edges } = await openEdge('echo', start)
    const way = await startTestProxy()
    const far = await connectToxiproxy(`http://127.0.0.1:${await way.proxy(portOf(edges.api))}`)
    const fault = latency('echo', '1ms')
    await way.addToxic('latency', { latency: 200 })
    expect(await timed(() => far.inject(fault, 'n.1', edge))).toBeGreaterThanOrEqual(200)

    await way.addToxic('timeout', {}, { stream: 'upstream' })
    await expect(far.inject(fault, 'n.2', edge)).rejects.toMatchObject(refusedWith(/./))
    const undo = () => undoOverToxiproxy(far.undoOf(fault, 'n.1', edge), { limitMs: 300 })
    await expect(undo()).rejects.toMatchObject({ code: 'NOT_UNDONE', exitCode: 5 })
    await way.ok('POST', '/reset')
    expect(await undo()).toEqual(['remove'])
  })

  test('a server that is gone is told at once, and its faults with it', async () => {
    const { edge, edges } = await openEdge('echo', start)
    const [port = 0] = await freePorts(1, { taken: new Set([edge.proxy.port]) })
    const api = `http://127.0.0.1:${port}`
    await expect(connectToxiproxy(api)).rejects.toMatchObject(refusedWith(/ECONNREFUSED/))
    const undo = { ...edges.undoOf(latency('echo', '1ms'), 'n.1', edge), api }
    expect(await undoOverToxiproxy(undo, { limitMs: 1_000 })).toEqual(['remove', 'disable', 'recreate', 'gone'])
  })

  test('a proxy that somebody deleted is made anew by the ladder', async () => {
    const { edge, edges } = await openEdge('echo', start)
    const undo = edges.undoOf(down('echo'), 'n.1', edge)
    await edges.inject(down('echo'), 'n.1', edge)
    await fetch(`${edges.api}/proxies/${undo.proxy.name}`, { method: 'DELETE' })
    expect(await undoOverToxiproxy(undo, { limitMs: 1_000 })).toEqual(['remove', 'disable', 'recreate'])
    expect(await (await dial(edge.proxy.port)).ask('hello')).toBe('hello')
  })

  // The real one holds all its locks until the reset has waited (docs/discoveries/toxiproxy.md).
  test('a reset that waits is undone, if not at once', async () => {
    const { edge, edges } = await openEdge('echo', start)
    const fault = reset('echo', { after: '1500ms' })
    const peer = await dial(edge.proxy.port)
    await peer.ask('hello')
    await edges.inject(fault, 'n.1', edge)
    peer.socket.write('x')
    await pause(50)
    const [first] = await undoOverToxiproxy(edges.undoOf(fault, 'n.1', edge), { limitMs: 1_000 })
    expect(first).toBe('remove')
    expect(await (await dial(edge.proxy.port)).ask('hello')).toBe('hello')
  })
})
