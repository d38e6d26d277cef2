import { expect, test } from 'vitest'
import { isAlive, isStopped } from '../../src/core/process-identity.ts'
import { pauseProcess, resumeProcess } from '../../src/fault/pause.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { parentAndChild } from './fixtures.ts'

const limitMs = 5_000

test('a process and all that it started stands still, and goes on', async () => {
  await using folder = await temporaryFolder()
  const { parent, child } = await parentAndChild(folder.path)
  try {
    await pauseProcess(parent.identity, limitMs)
    await expect.poll(() => [isStopped(parent.identity), isStopped(child)]).toEqual([true, true])
    await resumeProcess(parent.identity, limitMs)
    await expect.poll(() => [isStopped(parent.identity), isStopped(child)]).toEqual([false, false])
    expect(isAlive(parent.identity)).toBe(true)
  } finally {
    await parent.stop(0)
  }
})

test('one that is gone cannot be paused, and needs nothing to go on', async () => {
  await using folder = await temporaryFolder()
  const { parent } = await parentAndChild(folder.path)
  await parent.stop(0)
  await expect(pauseProcess(parent.identity, limitMs)).rejects.toMatchObject({ code: 'NOT_PAUSED' })
  await resumeProcess(parent.identity, limitMs)
})

test('a process that has the same id by now is left alone', async () => {
  await using folder = await temporaryFolder()
  const { parent } = await parentAndChild(folder.path)
  const former = { ...parent.identity, startTicks: '1' }
  try {
    await expect(pauseProcess(former, limitMs)).rejects.toThrow('Failed to pause')
    expect(isStopped(parent.identity)).toBe(false)
    await pauseProcess(parent.identity, limitMs)
    await resumeProcess(former, limitMs)
    expect(isStopped(parent.identity)).toBe(true)
  } finally {
    await parent.stop(0)
  }
})
