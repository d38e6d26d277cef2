import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { isStopped } from '../../src/core/process-identity.ts'
import type { HeldFaults } from '../../src/fault/held-faults.ts'
import { readLedger } from '../../src/fault/ledger.ts'
import { down, flapping, kill, latency, pause, restart, timeout } from '../../src/fault/vocabulary.ts'
import { parentAndChild } from './fixtures.ts'
import { workshop } from './workshop.ts'

const leaseMs = 60_000

async function injectAll(held: HeldFaults): Promise<void> {
  for (const fault of held.all) await fault.sendCanaries('before')
  for (const fault of held.all) await fault.inject(leaseMs)
}
const recordsOf = (held: HeldFaults) => held.all.map(({ record }) => record)

test('a fault on an edge is written down, felt, given back and verified, once', async () => {
  const { hold, look, ledger } = await workshop('back')
  const held = hold(down('back'))
  await injectAll(held)
  expect(readLedger(ledger.file).faults).toMatchObject([{ id: 'n.1', text: 'down(back)', undo: [{ toxic: null }] }])
  expect(await look('back')).toBe('refused')
  for (const fault of held.all) await fault.sendCanaries('during')

  await Promise.all([held.undoAll({ systemEnds: false }), held.undoAll({ systemEnds: false })])
  await held.undoAll({ systemEnds: false })
  expect(await look('back')).toBe('answered')
  const [record] = recordsOf(held)
  expect(record?.canary.map(({ when, outcome }) => `${when} ${outcome}`)).toEqual([
    'before answered',
    'during refused',
    'after answered',
  ])
  const times = [record?.asked, record?.inForce, record?.undoAsked, record?.undone, record?.verified].map(Number)
  expect(times.toSorted((a, b) => a - b)).toEqual(times)
  expect(readLedger(ledger.file).faults).toEqual([])
})

test('what was never injected needs no undo', async () => {
  const { hold } = await workshop('back')
  const held = hold(down('back'), kill('back'))
  await held.undoAll({ systemEnds: false })
  expect(recordsOf(held).map(({ undoAsked, undone }) => [undoAsked, undone])).toEqual([
    [null, null],
    [null, null],
  ])
})

test('two faults on one edge: the one that goes first leaves the other, and is verified when that is gone', async () => {
  const { hold, look, toxiproxy } = await workshop('back')
  const held = hold(timeout('back'), down('back'))
  await injectAll(held)
  const [black, refused] = held.all
  await black?.letGo()
  await held.verify()
  expect(await look('back')).toBe('refused')
  expect(await toxiproxy.ok('GET', '/proxies/client-to-back')).toMatchObject({ enabled: false, toxics: [] })
  expect([black?.record.ladder, black?.record.trouble, black?.record.verified]).toEqual([['remove'], null, null])

  await refused?.letGo()
  await held.verify()
  expect(recordsOf(held).every(({ verified, trouble }) => verified !== null && trouble === null)).toBe(true)
})

test('what last took hold lets go first; instances are started at once, and awaited in the end', async () => {
  const { hold, log } = await workshop('back', 'front')
  const held = hold(down('front'), kill('back'), latency('front', '20ms'))
  await injectAll(held)
  log.length = 0
  await held.undoAll({ systemEnds: false })
  const [refused, killed, slow] = recordsOf(held)
  expect(log).toEqual(['back is ready'])
  expect(Number(slow?.undone)).toBeLessThanOrEqual(Number(killed?.undoAsked))
  // The port was open again before the instance, which may have needed it, was back.
  expect(Number(refused?.undone)).toBeLessThan(Number(killed?.undone))
  expect(recordsOf(held).every(({ verified }) => verified !== null)).toBe(true)
})

test('an instance that does not come back is trouble, and hinders no other undo', async () => {
  const { hold, tools } = await workshop('back', 'front')
  tools.processes.startAgain = () => Promise.reject(new Error('it died of this'))
  const held = hold(down('front'), kill('back'))
  await injectAll(held)
  await held.undoAll({ systemEnds: false })
  const [refused, killed] = held.all
  expect([killed?.isHeld, killed?.record.undone, killed?.record.trouble]).toEqual([true, null, 'it died of this'])
  expect([refused?.isHeld, refused?.record.trouble]).toEqual([false, null])
})

test('when the system ends, a killed instance stays dead and a paused one goes on, to be ended', async () => {
  const { hold, childOf, log, ledger } = await workshop('back', 'front')
  const held = hold(kill('back'), pause('front'))
  await injectAll(held)
  log.length = 0
  await held.undoAll({ systemEnds: true })
  expect(log).toEqual([])
  expect(isStopped(childOf('front').identity)).toBe(false)
  expect(readLedger(ledger.file).faults).toEqual([])
})

test('a pause is silence; its undo is in the ledger by id and start time', async () => {
  const { hold, look, childOf, ledger } = await workshop('back#1', 'back#2')
  const held = hold(pause('back'))
  await injectAll(held)
  const identities = ['back#1', 'back#2'].map((id) => childOf(id).identity)
  expect(identities.map(isStopped)).toEqual([true, true])
  expect(readLedger(ledger.file).faults[0]?.undo).toEqual(identities.map((resume) => ({ resume })))
  expect(await look('back#2')).toBe('silent')
  await held.undoAll({ systemEnds: false })
  expect(identities.map(isStopped)).toEqual([false, false])
  expect(recordsOf(held)[0]).toMatchObject({ trouble: null, ladder: ['resume'] })
  expect(await look('back#2')).toBe('answered')
})

test('a restart goes on by itself and notes its steps; to undo it is to wait', async () => {
  const { hold } = await workshop('back#1', 'back#2')
  const held = hold(restart('back'))
  await injectAll(held)
  const [record] = recordsOf(held)
  expect(record?.steps.map(({ text }) => text)).not.toContain('back#2 is ready')
  await held.undoAll({ systemEnds: false })
  expect(record?.steps.map(({ text }) => text)).toEqual([
    'back#1 ended',
    'back#1 is ready',
    'back#2 ended',
    'back#2 is ready',
  ])
  const at = record?.steps.map((step) => step.at) ?? []
  expect([record?.inForce, ...at, record?.undone].map(Number)).toEqual(
    [record?.inForce, ...at, record?.undone].map(Number).toSorted((a, b) => a - b),
  )
  expect([record?.trouble, record?.verified]).toEqual([null, expect.any(Number)])
})

test('flapping is refused and let through in turn, and let through in the end', async () => {
  const { hold, look, toxiproxy } = await workshop('back')
  const held = hold(flapping('back', { down: '100ms', up: '100ms' }))
  await injectAll(held)
  const [record] = recordsOf(held)
  const texts = () => record?.steps.map(({ text }) => text) ?? []
  for (const outcome of ['refused', 'answered', 'refused', 'answered'])
    await expect.poll(() => look('back'), { timeout: 10_000, interval: 5 }).toBe(outcome)
  await held.undoAll({ systemEnds: false })
  const seen = texts()
  expect(seen.length).toBeGreaterThanOrEqual(4)
  expect(seen.filter((_, index) => index % 2 === 0).every((text) => text === 'refused')).toBe(true)
  expect(seen.filter((_, index) => index % 2 === 1).every((text) => text === 'let through')).toBe(true)
  expect(await toxiproxy.ok('GET', '/proxies/client-to-back')).toMatchObject({ enabled: true })
  expect(await look('back')).toBe('answered')
  await tick()
  expect(texts()).toEqual(seen)
})

test('flapping that stops is trouble, and is let through in the end', async () => {
  const { hold, look, tools } = await workshop('back')
  tools.edges = { ...tools.edges, setEnabled: () => Promise.reject(new Error('the proxy is stuck')) }
  const held = hold(flapping('back', { down: '50ms', up: '50ms' }))
  await injectAll(held)
  await expect.poll(() => recordsOf(held)[0]?.trouble).toBe('it stopped: the proxy is stuck')
  await held.undoAll({ systemEnds: false })
  expect(recordsOf(held)[0]).toMatchObject({ undone: expect.any(Number), trouble: 'it stopped: the proxy is stuck' })
  expect(await look('back')).toBe('answered')
})

test('flapping notes only what was seen', async () => {
  const { hold, tools } = await workshop('back')
  let changes = 0
  tools.edges = { ...tools.edges, setEnabled: async () => void changes++ }
  const held = hold(flapping('back', { down: '20ms', up: '20ms' }))
  await injectAll(held)
  await expect.poll(() => changes, { timeout: 10_000 }).toBeGreaterThanOrEqual(4)
  await held.undoAll({ systemEnds: false })
  expect(new Set(recordsOf(held)[0]?.steps.map(({ text }) => text))).toEqual(new Set(['refused']))
})

test('a fault that cannot be injected says why, and is undone all the same', async () => {
  const { hold, childOf, ledger } = await workshop('back')
  const held = hold(pause('back'))
  await childOf('back').stop(0)
  await expect(injectAll(held)).rejects.toThrow('Failed to pause process')
  await held.undoAll({ systemEnds: false })
  expect(recordsOf(held)[0]).toMatchObject({ inForce: null, undone: expect.any(Number) })
  expect(recordsOf(held)[0]?.trouble).toContain('Failed to pause process')
  expect(readLedger(ledger.file).faults).toEqual([])
})

test('a process that does not go on is a fault that is left, and no instance that stays away', async () => {
  await using folder = await temporaryFolder()
  const { hold, tools } = await workshop('back')
  const { parent, child } = await parentAndChild(folder.path)
  try {
    // It leads no group, so no signal of ours reaches it.
    process.kill(child.pid, 'SIGSTOP')
    await expect.poll(() => isStopped(child)).toBe(true)
    tools.processes.identityOf = () => child
    const [paused] = hold(pause('back')).all
    await paused?.inject(leaseMs)
    await paused?.letGo()
    expect(paused).toMatchObject({ isHeld: true, endsInstances: false })
    expect(paused?.record.trouble).toContain('it stands still in spite of SIGCONT')
  } finally {
    await parent.stop(0)
  }
})

test('when the run is over nobody waits until an edge is well, and nothing is held against it', async () => {
  const { hold, childOf, end } = await workshop('back')
  const held = hold(down('back'))
  await injectAll(held)
  await childOf('back').stop(0)
  await held.letGoAll({ systemEnds: false })
  const verifying = held.verify()
  end()
  await verifying
  const [record] = recordsOf(held)
  expect(record).toMatchObject({ undone: expect.any(Number), verified: null, trouble: null })
  expect(record?.canary.map(({ when }) => when)).toEqual(['before'])
})

test('when the run is over nobody waits for a restart', async () => {
  const { hold, tools, end } = await workshop('back')
  tools.processes.restart = () => Promise.withResolvers<void>().promise
  const held = hold(restart('back'))
  await injectAll(held)
  const lettingGo = held.letGoAll({ systemEnds: false })
  end()
  await lettingGo
  expect(recordsOf(held)[0]).toMatchObject({ undone: expect.any(Number), trouble: null })
})

/** Longer than flapping would take to its next step. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 200))
