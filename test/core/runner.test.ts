import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive, type ProcessIdentity, signalGroup } from '../../src/core/process-identity.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const folder = await temporaryFolder()
afterAll(() => folder[Symbol.asyncDispose]())

let runner: ChildProcessByStdio<null, Readable, null>
let lines: AsyncIterator<string>
let program: ProcessIdentity
let command: ProcessIdentity

beforeEach(async () => {
  const file = join(import.meta.dirname, 'fixtures/runner.ts')
  // In a group of its own, as a terminal starts it, so that a Ctrl-C can be played without reaching the tests.
  runner = spawn(process.execPath, [file, join(folder.path, 'command.log')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  lines = createInterface(runner.stdout)[Symbol.asyncIterator]()
  ;({ program, command } = JSON.parse((await lines.next()).value as string) as {
    program: ProcessIdentity
    command: ProcessIdentity
  })
})

afterEach(() => {
  for (const pid of [runner.pid as number, program.pid, command.pid]) signalGroup(pid, 'SIGKILL')
})

test('when the runner is killed, its programs end within 2 s; its commands are left to the watcher', async () => {
  expect([isAlive(program), isAlive(command)]).toEqual([true, true])
  runner.kill('SIGKILL')
  await once(runner, 'exit')
  await expect.poll(() => isAlive(program), { timeout: 2_000 }).toBe(false)
  expect(isAlive(command)).toBe(true)
})

test('Ctrl-C reaches the runner alone', async () => {
  process.kill(-(runner.pid as number), 'SIGINT')
  expect((await lines.next()).value).toBe('SIGINT')
  // Time enough to die of it.
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect([isAlive(program), isAlive(command)]).toEqual([true, true])
})
