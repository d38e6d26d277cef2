import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { monotonicClock } from '../../src/core/clock.ts'
import { freePorts } from '../../src/core/ports.ts'
import { isAlive } from '../../src/core/process-identity.ts'
import { pauseProcess } from '../../src/fault/pause.ts'
import { LiveServices } from '../../src/run/services.ts'
import { openSession } from '../../src/run/session.ts'
import { defineSystem, http, node, own } from '../../src/system/define.ts'
import { resolveTopology } from '../../src/system/resolve.ts'
import { embeddedEngines } from '../engines/embedded-engines.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** Two instances of a service, running in a session of their own until the test ends. */
async function running(env: Record<string, string> = {}) {
  const folder = await temporaryFolder()
  const own_ = { PORT: own('port'), FOLDER: own('folder') }
  const system = defineSystem({
    name: 'two',
    services: {
      back: node('fixtures/service.mjs', { replicas: 2, env: { ...own_, ...env }, ready: http('/') }),
    },
  })
  const topology = await resolveTopology(system, {
    variants: [],
    proxied: false,
    folder: import.meta.dirname,
    data: join(folder.path, 'data'),
    ports: freePorts,
  })
  const log = (name: string) => join(folder.path, `${name}.log`)
  const session = await openSession('test', join(folder.path, 'ledgers'), monotonicClock(), log('watcher'))
  onTestFinished(async () => {
    await session.close()
    await folder[Symbol.asyncDispose]()
  })
  const services = new LiveServices(topology, embeddedEngines('0'), { seed: 1, log }, session)
  await services.start()
  const ids = topology.instances.map(({ id }) => id)
  const steps: string[] = []
  return {
    services,
    session,
    ids,
    steps,
    identities: () => ids.map((id) => services.identityOf(id)),
    breakOff: (id: string) => writeFileSync(join(folder.path, 'data', id, 'broken'), ''),
    restart: () => services.restart(ids, (step) => steps.push(step)),
  }
}

test('a rolling restart: one after the other, new processes, and no deaths', async () => {
  const { services, restart, steps, identities } = await running()
  const former = identities()
  const restarting = restart()
  expect(former.map(isAlive)).toContain(true)
  await restarting
  expect(steps).toEqual(['back#1 ended', 'back#1 is ready', 'back#2 ended', 'back#2 is ready'])
  expect([former.map(isAlive), identities().map(isAlive)]).toEqual([
    [false, false],
    [true, true],
  ])
  expect(services.takeDeaths()).toEqual([])
})

test('who does not heed SIGTERM is killed in the end, and that is told', async () => {
  const { services, steps } = await running({ STUBBORN: 'yes' })
  await services.restart(['back#2'], (step) => steps.push(step))
  expect(steps).toEqual(['back#2 did not end within 5 s and was killed', 'back#2 ended', 'back#2 is ready'])
  expect(services.takeDeaths()).toEqual([])
})

test('an instance that does not come back ends the restart, and the others stay as they are', async () => {
  const { restart, steps, breakOff, identities } = await running()
  const [, second] = identities()
  breakOff('back#1')
  await expect(restart()).rejects.toMatchObject({ code: 'SERVICE_DIED' })
  expect(steps).toEqual(['back#1 ended'])
  expect(second && isAlive(second)).toBe(true)
})

test('one that somebody else kills while it is paused has died; one that we killed has not', async () => {
  const { services, identities } = await running()
  const [first] = identities()
  if (!first) throw new Error('there is no first')
  await pauseProcess(first, 5_000)
  process.kill(first.pid, 'SIGKILL')
  await services.kill('back#2')
  await services.startAgain('back#2')
  await expect
    .poll(() => services.takeDeaths().map(({ instance, exit }) => `${instance} ${exit}`))
    .toEqual(['back#1 SIGKILL'])
})

test.for([0, 1])(
  'when the run ends in the middle of a restart, after %i steps, nothing is left and nothing comes after',
  async (count) => {
    const { session, restart, steps, identities } = await running()
    const former = identities()
    const restarting = restart().catch(() => undefined)
    await expect.poll(() => steps.length, { interval: 1, timeout: 10_000 }).toBeGreaterThanOrEqual(count)
    session.end({ code: 'INTERRUPTED', message: 'enough', exitCode: 130 })
    await session.scope.close()
    expect([...former, ...identities()].filter(isAlive)).toEqual([])
    await restarting
    expect(steps).toEqual(['back#1 ended'])
    expect(identities().filter(isAlive)).toEqual([])
  },
)
