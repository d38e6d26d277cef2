import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Pact } from '../../src/pact/model.ts'
import { startToxiproxy } from '../../src/toxiproxy/server.ts'
import { verifyWithStock } from '../pact/stock/verify.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, tiny } from './brownout.ts'
import { pactsOf, states } from './states.ts'

const normal = 'read the page'
const degraded = 'read the page (back is unavailable)'

test('the stock verifier finds a healthy system right, degraded under the real fault', async () => {
  const { states: at, url } = await states('--config', tiny)
  const [pact] = await pactsOf(tiny)
  const result = await verifyWithStock({ pact: pact as Pact, url: url('front'), states: at })
  expect(result, result.output).toMatchObject({ right: [degraded, normal], wrong: [] })
})

test('and one that needs what is broken wrong', async () => {
  const { states: at, url } = await states('--config', tiny, '--variant', 'front.needs-back')
  const [pact] = await pactsOf(tiny)
  const result = await verifyWithStock({ pact: pact as Pact, url: url('front'), states: at })
  expect(result).toMatchObject({ right: [normal], wrong: [degraded] })
})

test('a state is in force until another is asked for, and what cannot be caused is refused', async () => {
  const { change, url } = await states('--config', tiny)
  const page = async () => (await (await fetch(`${url('front')}/page`)).json()) as { degraded?: true }
  const broken = { dependency: 'back', condition: 'unavailable' }

  expect(await change('setup', 'there is a page')).toEqual({ status: 200, body: {} })
  expect(await page()).not.toHaveProperty('degraded')
  expect(await change('setup', 'back is unavailable', broken)).toEqual({ status: 200, body: {} })
  expect(await page()).toMatchObject({ degraded: true })
  expect(await change('teardown', 'back is unavailable', broken)).toMatchObject({ status: 200 })
  expect(await change('setup', '')).toEqual({ status: 200, body: {} })
  expect(await page()).not.toHaveProperty('degraded')

  // Its name alone says as much.
  expect(await change('setup', 'back is unavailable for front')).toMatchObject({ status: 200 })
  expect(await page()).toMatchObject({ degraded: true })
  await change('teardown', 'back is unavailable for front')
  await expect.poll(page, { timeout: 5_000 }).not.toHaveProperty('degraded')

  const refusals: [state: string, why: string][] = [
    ['back is failing', 'no fault can cause "failing" yet'],
    ['nobody is slow', 'the system has no edge into "nobody"'],
    ['there is a pager', 'there is no such provider state; did you mean "there is a page"?'],
  ]
  for (const [state, why] of refusals)
    expect(await change('setup', state)).toEqual({
      status: 422,
      body: { error: `Failed to set up "${state}": ${why}${why.endsWith('?') ? '' : '.'}` },
    })
  expect(await page()).not.toHaveProperty('degraded')
})

test('a provider that is not whole again after a fault is told to whoever asks next', async () => {
  const { change, url } = await states('--config', tiny, '--variant', 'front.never-recovers')
  expect(await change('setup', 'back is unavailable')).toMatchObject({ status: 200 })
  for (let asked = 0; asked <= 20; asked++) await fetch(`${url('front')}/page`)
  expect(await change('setup', '')).toMatchObject({
    status: 422,
    body: { error: expect.stringContaining('"reader → front / read the page" is not whole again') as string },
  })
})

test('a request that is no change of a state is refused, and says what is asked for', async () => {
  const { states: at } = await states('--config', tiny)
  for (const body of ['', '[]', '{"action":"stop","state":"x"}', '{"action":"setup"}', 'x'.repeat(1_000_001)]) {
    const response = await fetch(at, { method: 'POST', body })
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({ error: expect.any(String) as string })
  }
})

test('a port that is taken is told', async () => {
  const { states: at } = await states('--config', tiny)
  await using home = await temporaryFolder()
  const running = brownout(['pact', 'states', '--config', tiny, '--home', home.path, '--port', new URL(at).port])
  expect(await running.exited).toMatchObject({ code: 3 })
  expect(running.output()).toContain(`Failed to serve provider states on port ${new URL(at).port}`)
})

test('emitted twice, the files are the same; --check tells one that is not', async () => {
  await using folder = await temporaryFolder()
  const emit = async (...args: string[]) => {
    const running = brownout(['pact', 'emit', '--config', tiny, '-o', join(folder.path, 'pacts'), ...args])
    const { code } = await running.exited
    return { code, output: running.output() }
  }
  expect((await emit('--check')).code).toBe(1)
  expect(await emit()).toMatchObject({ code: 0, output: expect.stringContaining('2 interactions, 1 of them degraded') })
  expect((await emit('--check')).code).toBe(0)
})

test('a fault that a Toxiproxy of others does not let go of is told: exit 5', { timeout: 60_000 }, async () => {
  const toxiproxy = await startToxiproxy({ host: '127.0.0.1', port: 0, seed: 1 })
  let isStubborn = false
  const relay = createServer(async (request, response) => {
    const { method = 'GET', url = '' } = request
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (isStubborn && method !== 'GET') return void response.writeHead(500).end('{}')
    const answer = await fetch(`http://127.0.0.1:${toxiproxy.port}${url}`, { method, ...(body ? { body } : {}) })
    response.writeHead(answer.status).end(await answer.text())
  }).listen(0, '127.0.0.1')
  await once(relay, 'listening')
  await using home = await temporaryFolder()
  const api = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`
  const engines = `proxies=${api}`
  const running = brownout(['pact', 'states', '--json', '--config', tiny, '--home', home.path, '--engines', engines])
  onTestFinished(async () => {
    relay.close().closeAllConnections()
    await toxiproxy.close()
  })
  await running.saw('"states"')
  const { states: at } = JSON.parse(running.output()) as { states: string }
  const body = JSON.stringify({ action: 'setup', state: 'back is unavailable' })
  expect((await fetch(at, { method: 'POST', body })).status).toBe(200)
  isStubborn = true
  process.kill(running.pid, 'SIGINT')
  expect(await running.exited, running.output()).toEqual({ code: 5, signal: null })
  expect(running.output()).toContain('down(back) may still be in force')
})
