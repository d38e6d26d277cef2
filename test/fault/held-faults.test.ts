import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { isStopped } from '../../src/core/process-identity.ts'
import { readLedger } from '../../src/fault/ledger.ts'
import { down, flapping, kill, pause, restart } from '../../src/fault/vocabulary.ts'
import { parentAndChild } from './fixtures.ts'
import { injectAll, leaseMs, recordsOf, workshop } from './workshop.ts'

test('what was never injected needs no undo', async () => {
  const { hold } = await workshop('back')
  const held = hold(down('back'), kill('back'))
  await held.undoAll({ systemEnds: false })
  expect(recordsOf(held).map(({ undoAsked, undone }) => [undoAsked, undone])).toEqual([
    [null, null],
    [null, null],
  ])
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
