import { tmpdir } from 'node:os'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Child } from '../../src/core/child.ts'
import { monotonicClock } from '../../src/core/clock.ts'
import { BrownoutError } from '../../src/core/errors.ts'
import { freePorts, isPortFree } from '../../src/core/ports.ts'
import { defineSystem, http, node, own } from '../../src/system/define.ts'
import { type PlannedInstance, resolveTopology } from '../../src/system/resolve.ts'
import { startInstance, waitUntilReady } from '../../src/system/start.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const folder = await temporaryFolder()
afterAll(() => folder[Symbol.asyncDispose]())
const log = join(folder.path, 'auth.log')
const clock = monotonicClock()
const started: Child[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.stop(0)))
})

/** The one instance of a system with the fixture as `auth`. */
async function auth(env: Record<string, string>, ready = http('/healthz')): Promise<PlannedInstance> {
  const system = defineSystem({
    name: 'sample',
    services: { auth: node('fixtures/service.mjs', { env: { PORT: own('port'), ...env }, ready }) },
  })
  const topology = await resolveTopology(system, {
    variants: [],
    proxied: false,
    folder: import.meta.dirname,
    data: join(tmpdir(), 'brownout-start'),
    ports: freePorts,
  })
  return topology.instances[0] as PlannedInstance
}

async function start(instance: PlannedInstance): Promise<Child> {
  const child = await startInstance(instance, { log })
  started.push(child)
  return child
}

async function failure(doing: Promise<unknown>): Promise<BrownoutError> {
  const thrown = await doing.then(() => undefined).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(BrownoutError)
  return thrown as BrownoutError
}

describe('ready', () => {
  test('is an instance that answers', async () => {
    const instance = await auth({})
    const child = await start(instance)
    const { tookMs } = await waitUntilReady(instance, child, clock, { log })
    expect(tookMs).toBeGreaterThan(0)
    expect((await fetch(`http://127.0.0.1:${instance.port}/healthz`)).status).toBe(200)
  })

  test('is none that says it is not', async () => {
    const instance = await auth({ READY_AFTER: '300' })
    const { tookMs } = await waitUntilReady(instance, await start(instance), clock)
    expect(tookMs).toBeGreaterThanOrEqual(300)
  })

  test('is an instance that was killed and started again on its port', async () => {
    const instance = await auth({})
    const first = await start(instance)
    await waitUntilReady(instance, first, clock)
    first.signal('SIGKILL')
    await first.exited
    const second = await start(instance)
    await waitUntilReady(instance, second, clock)
    expect(second.identity.pid).not.toBe(first.identity.pid)
  })
})

describe('not ready', () => {
  test('is an instance that dies, and its last words are told', async () => {
    const instance = await auth({ SAY: 'trouble', DIE: '3' })
    const error = await failure(waitUntilReady(instance, await start(instance), clock, { log }))
    expect(error).toMatchObject({ code: 'SERVICE_DIED', exitCode: 3, hint: `Read its log: ${log}` })
    const [first, ...words] = error.message.split('\n')
    expect(first).toBe('Failed to start "auth": it ended with exit code 3 before it was ready.')
    expect(words).toEqual(Array.from({ length: 20 }, (_, index) => `  | trouble ${index + 11}`))
    expect(readFileSync(log, 'utf8')).toContain('trouble 1\n')
  })

  test('is an instance that is killed', async () => {
    const instance = await auth({ HANG: '1' })
    const child = await start(instance)
    const error = failure(waitUntilReady(instance, child, clock))
    child.signal('SIGKILL')
    expect((await error).message).toBe('Failed to start "auth": it ended with SIGKILL before it was ready.')
  })

  test.each([
    ['HANG', '1', /the last answer to GET \/healthz: (silent|refused)/],
    ['READY_AFTER', '60000', /the last answer to GET \/healthz: closed \(status 503\)/],
  ])('is an instance that does not answer well in time: %s', async (name, value, why) => {
    const instance = { ...(await auth({ [name]: value })), readyWithinMs: 3_000 }
    const error = await failure(waitUntilReady(instance, await start(instance), clock, { log }))
    expect(error).toMatchObject({ code: 'SERVICE_NOT_READY', exitCode: 3, hint: `Read its log: ${log}` })
    expect(error.message).toMatch(/^Failed to start "auth": not ready in 3 s; /)
    expect(error.message).toMatch(why)
  })

  test('is not waited for when the signal aborts', async () => {
    const instance = await auth({ HANG: '1' })
    const abort = new AbortController()
    const waiting = waitUntilReady(instance, await start(instance), clock, { signal: abort.signal })
    abort.abort(new Error('the run is over'))
    await expect(waiting).rejects.toThrow('the run is over')
  })

  test('is an instance that died while another answers on its port', async () => {
    const instance = await auth({})
    const dead = await start({ ...instance, env: { ...instance.env, DIE: '1' } })
    await dead.exited
    await waitUntilReady(instance, await start(instance), clock)
    expect((await failure(waitUntilReady(instance, dead, clock))).code).toBe('SERVICE_DIED')
  })
})

test('a port in use is told with its holder, and nothing is started', async (ctx) => {
  ctx.skip(process.platform !== 'linux', 'Linux: only /proc tells who listens on a port')
  const instance = await auth({ SAY: 'I was started' })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(instance.port, '127.0.0.1', resolve))
  const error = await failure(start(instance))
  await new Promise((resolve) => server.close(resolve))
  expect(error).toMatchObject({ code: 'PORT_IN_USE', exitCode: 3 })
  expect(error.message).toContain(
    `Failed to start "auth": port ${instance.port} of 127.0.0.1 is in use by process ${process.pid} (`,
  )
  expect(error.hint).toContain(`kill ${process.pid}`)
  expect(readFileSync(log, 'utf8')).not.toContain('I was started')
  expect(await isPortFree('127.0.0.1', instance.port)).toBe(true)
})
