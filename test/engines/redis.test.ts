import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { monotonicClock } from '../../src/core/clock.ts'
import { askVersion, findPart } from '../../src/core/parts.ts'
import { freePorts } from '../../src/core/ports.ts'
import { isAlive } from '../../src/core/process-identity.ts'
import { anyRedis, redisServer, redisStandIn } from '../../src/engines/redis.ts'
import type { Engines } from '../../src/run/engines.ts'
import { LiveServices } from '../../src/run/services.ts'
import { openSession } from '../../src/run/session.ts'
import { defineSystem, redis } from '../../src/system/define.ts'
import { resolveTopology } from '../../src/system/resolve.ts'
import { embeddedEngines } from './embedded-engines.ts'
import { temporaryFolder } from '../temporary-folder.ts'

afterEach(() => void vi.unstubAllEnvs())

const real = findPart('redis-server') ?? { file: 'redis-server', from: 'PATH' }

/** A system that is one Redis, started as a run starts it. */
async function system(startRedis: Engines['startRedis']) {
  const folder = await temporaryFolder()
  const [port = 0] = await freePorts(1)
  const definition = defineSystem({ name: 'one', services: { redis: redis({ port }) } })
  const data = join(folder.path, 'data')
  const options = { variants: [], proxied: false, folder: folder.path, data, ports: freePorts }
  const topology = await resolveTopology(definition, options)
  mkdirSync(join(folder.path, 'logs'))
  const log = (name: string) => join(folder.path, 'logs', `${name}.log`)
  const session = await openSession('test', join(folder.path, 'ledgers'), monotonicClock(), log('watcher'))
  let ending: Promise<unknown> | null = null
  const end = () => (ending ??= session.close())
  onTestFinished(async () => {
    await end()
    await folder[Symbol.asyncDispose]()
  })
  const engines = { ...embeddedEngines('0'), startRedis }
  return {
    services: new LiveServices(topology, engines, { seed: 1, log }, session),
    end,
    port,
  }
}

async function script(text: string): Promise<string> {
  const folder = await temporaryFolder()
  onTestFinished(() => folder[Symbol.asyncDispose]())
  const file = join(folder.path, 'redis-server')
  await writeFile(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  return file
}

test('the real Redis: a process of the run, by its version, and it ends with the run', async () => {
  const version = await askVersion('redis-server', real)
  const { services, end } = await system(redisServer({ file: real.file, version }))
  await services.start()
  expect(services.parts).toEqual([{ role: 'redis', name: 'redis-server', version }])
  const identity = services.identityOf('redis')
  expect(isAlive(identity)).toBe(true)
  await end()
  expect(isAlive(identity)).toBe(false)
})

test('a Redis that refuses to start is told with its last words', async () => {
  const file = await script('echo "*** FATAL CONFIG FILE ERROR ***"; echo "Bad directive" >&2; exit 1')
  const { services } = await system(redisServer({ file, version: '7' }))
  await expect(services.start()).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/"redis": it ended with exit code 1 before it was ready.*Bad directive/s) as string,
  })
})

test('a port that is taken is told before Redis is started', async () => {
  const { services, port } = await system(redisServer({ file: real.file, version: '' }))
  const other = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  onTestFinished(() => void other.close())
  await expect(services.start()).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    exitCode: 3,
    message: expect.stringContaining(`process ${process.pid}`) as string,
  })
})

test('the stand-in is one by its name, and says why it is there', async () => {
  const { services } = await system(redisStandIn('as it was chosen'))
  await services.start()
  expect(services.parts).toMatchObject([{ role: 'redis', name: 'Redis stand-in', note: 'as it was chosen' }])
})

test('any Redis: one that cannot be used is stood in for, and the report says why', async () => {
  vi.stubEnv('BROWNOUT_REDIS', await script('echo "I am no Redis"'))
  const { services } = await system(anyRedis)
  await services.start()
  const note = /"I am no Redis".*a stand-in of Brownout took its place \(unset BROWNOUT_REDIS/s
  expect(services.parts).toMatchObject([{ name: 'Redis stand-in', note: expect.stringMatching(note) as string }])
})
