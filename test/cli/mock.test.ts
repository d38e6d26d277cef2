import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, type Running } from './brownout.ts'

const contract = (name: string) => join(import.meta.dirname, `../../contracts/${name}.contract.ts`)

async function serve(...args: string[]): Promise<Running & { url: string }> {
  const running = brownout(['mock', ...args])
  onTestFinished(async () => {
    if (isAlive(running.pid)) process.kill(running.pid, 'SIGKILL')
    await running.exited
  })
  await running.saw('in force')
  const [url = ''] = /http:\/\/[\d.:]+/.exec(running.output()) ?? []
  return { ...running, url }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function ask(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init)
  const headers = Object.fromEntries(response.headers)
  return { status: response.status, headers, body: (await response.json()) as Record<string, unknown> }
}

test('a contract is answered from, its degraded half when its condition is switched on', async () => {
  const { url, saw, output, pid, exited } = await serve(contract('browser--storefront'))
  expect(output()).toMatch(
    /answers at http:\/\/127\.0\.0\.1:\d+; .*read an article: GET \/articles\/1.*comments: slow/s,
  )
  expect(output()).toContain('in force: nothing is broken')

  const whole = { id: 1, comments: [{ author: expect.any(String), text: expect.any(String) }] }
  expect(await ask(`${url}/articles/3`)).toMatchObject({ status: 200, body: whole })
  await saw('GET /articles/3 200  read an article\n')

  await ask(`${url}/_brownout/condition`, { method: 'PUT', body: 'comments: unavailable' })
  await saw('in force: comments: unavailable\n')
  expect(await ask(`${url}/articles/1`)).toMatchObject({
    status: 200,
    headers: { 'x-degraded': 'comments' },
    body: { comments: [], commentsUnavailable: true },
  })
  await saw('GET /articles/1 200  read an article (comments is unavailable)\n')

  expect(await ask(`${url}/articles/1?page=2`)).toMatchObject({ status: 500, body: { request: 'GET /articles/1' } })
  await saw('GET /articles/1?page=2 500  Nothing answers GET /articles/1.')
  await saw('  query page: is not in the pact')

  process.kill(pid, 'SIGINT')
  expect(await exited).toEqual({ code: 130, signal: null })
})

test('conditions and a state may be in force from the beginning, on a port that is wanted', async () => {
  const condition = ['--condition', 'auth: slow', '--condition', 'redis: slow']
  const { url, output } = await serve(
    contract('browser--storefront'),
    ...condition,
    '--state',
    'a customer is logged in',
  )
  expect(output()).toContain('in force: auth: slow, redis: slow; state: a customer is logged in\n')
  const body = JSON.stringify({ user: 'ada', password: 'matt paper' })
  const headers = { 'content-type': 'application/json' }
  // It cannot log anybody in without auth, whatever it does without Redis.
  expect(await ask(`${url}/login`, { method: 'POST', body, headers })).toMatchObject({
    status: 503,
    headers: { 'retry-after': expect.any(String), 'content-type': 'application/problem+json' },
  })
})

test('a pact of others, of a version long gone, is answered from too', async () => {
  await using folder = await temporaryFolder()
  const pact = {
    consumer: { name: 'app' },
    provider: { name: 'cats' },
    interactions: [
      {
        description: 'a cat',
        provider_state: 'there is a cat',
        request: { method: 'get', path: '/cats/1', query: 'long=true' },
        response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: { name: 'Tom' } },
      },
    ],
    metadata: { pactSpecificationVersion: '1.1.0' },
  }
  mkdirSync(join(folder.path, 'deep'))
  writeFileSync(join(folder.path, 'deep', 'app-cats.json'), `\uFEFF${JSON.stringify(pact)}`)
  const { url, output } = await serve(folder.path)
  expect(output()).toMatch(/app → cats\n {2}a cat: GET \/cats\/1.*there is a cat/s)
  expect(await ask(`${url}/cats/1?long=true`)).toMatchObject({ status: 200, body: { name: 'Tom' } })
})

test('a port that is taken: exit 3, and who has it', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const running = brownout(['mock', contract('storefront--catalog'), '--port', String(port)])
  expect((await running.exited).code, running.output()).toBe(3)
  expect(running.output()).toContain(`Failed to start "mock": port ${port} of 127.0.0.1 is in use`)
})

test('an address that is none of this machine: exit 3', async () => {
  const running = brownout(['mock', contract('storefront--catalog'), '--host', '192.0.2.1'])
  expect((await running.exited).code, running.output()).toBe(3)
  expect(running.output()).toContain('Failed to listen on "192.0.2.1:0"')
})

test('all that is wrong with any file is told at once, exit 2', async () => {
  await using folder = await temporaryFolder()
  const at = (name: string) => join(folder.path, name)
  mkdirSync(at('empty'))
  writeFileSync(at('broken.json'), '{\n  "consumer": }')
  writeFileSync(at('none.contract.mjs'), 'export default 1')
  writeFileSync(at('throws.contract.mjs'), 'throw new Error("no such schema")')
  writeFileSync(
    at('wrong.contract.mjs'),
    'export default { kind: "contract", consumer: "a", provider: "b", interactions: 1 }',
  )
  const files = ['broken.json', 'none.contract.mjs', 'throws.contract.mjs', 'wrong.contract.mjs', 'missing.json']
  const running = brownout(['mock', at('empty'), ...files.map(at)], { cwd: folder.path })
  expect((await running.exited).code, running.output()).toBe(2)
  for (const line of [
    'Failed to read the definitions: 6 problems.',
    'this folder holds no contract (*.contract.ts) and no pact (*.json)',
    'broken.json:2  is no JSON',
    'none.contract.mjs  has no default export made by defineContract(…)',
    'throws.contract.mjs  does not load: no such schema',
    'wrong.contract.mjs:1  interactions: interactions is no object',
    'missing.json  cannot be read',
  ])
    expect(running.output()).toContain(line)
})

test('two contracts that answer the same request with something else cannot be one mock', async () => {
  await using folder = await temporaryFolder()
  const files = ['a', 'b'].map((consumer) => {
    const file = join(folder.path, `${consumer}--shop.contract.mjs`)
    const response = { status: 200, headers: { 'x-for': consumer } }
    const interactions = { 'read an item': { request: { method: 'GET', path: '/items/1' }, response } }
    const definition = JSON.stringify({ kind: 'contract', consumer, provider: 'shop', interactions })
    writeFileSync(file, `export default ${definition}`)
    return file
  })
  const running = brownout(['mock', ...files])
  expect((await running.exited).code).toBe(2)
  expect(running.output()).toContain('b → shop › read an item: cannot be told apart from')
})

test.for([
  { args: [], says: "missing required argument 'path'" },
  { args: ['--condition', 'auht: slow'], says: 'did you mean "auth: slow"?' },
  { args: ['--condition', 'auth'], says: 'Write "comments: unavailable"' },
  { args: ['--state', 'a customer is loged in'], says: 'did you mean "a customer is logged in"?' },
  { args: ['--port', 'http'], says: 'a whole number' },
])('bad usage: $args, exit 2', async ({ args, says }) => {
  const paths = args.length === 0 ? [] : [contract('browser--storefront')]
  const running = brownout(['mock', ...paths, ...args])
  expect((await running.exited).code, running.output()).toBe(2)
  expect(running.output()).toContain(says)
})
