import { existsSync, readFileSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { type Program, startProgram } from '../../src/core/start-program.ts'
import { anchorNow, monotonicClock } from '../../src/core/clock.ts'
import { isAlive, type ProcessIdentity } from '../../src/core/process-identity.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { ProgramOptions } from './fixtures/program.ts'

const folder = await temporaryFolder()
afterAll(() => folder[Symbol.asyncDispose]())
const module = new URL('./fixtures/program.ts', import.meta.url)
const started: Program[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.stop(0)))
})

async function start(options: ProgramOptions = {}): Promise<Program> {
  const program = await startProgram('sample', module, options)
  started.push(program)
  return program
}

describe('starting', () => {
  test('the program is handed its options, and tells what it has to tell', async () => {
    const program = await start({ early: 0 })
    expect(program.info).toEqual({ pid: program.identity.pid, options: { early: 0 } })
    expect(isAlive(program.identity)).toBe(true)
  })

  test('what was compiled for its runner is compiled for it, too', async () => {
    expect(getCompileCacheDir()).toBeTypeOf('string')
    // Where the command line switched it on, the environment does not tell of it.
    vi.stubEnv('NODE_COMPILE_CACHE', undefined)
    const program = await start().finally(() => vi.unstubAllEnvs())
    expect(await program.call('compileCache')).toBe(getCompileCacheDir())
  })

  /** Whether the program that wrote to `log` when it was started is alive. */
  const livesOn = (log: string) => isAlive(JSON.parse(readFileSync(log, 'utf8')) as ProcessIdentity)

  test('one that fails says why, and is gone', async () => {
    const log = join(folder.path, 'fails.log')
    await expect(startProgram('sample', module, { fail: 'the port is taken' }, { log })).rejects.toMatchObject({
      code: 'PROGRAM_FAILED',
      exitCode: 3,
      message: 'Failed to start "sample": the port is taken',
      hint: `Read its log: ${log}`,
    })
    expect(livesOn(log)).toBe(false)
  })

  test('one that never gets ready is ended', async () => {
    const log = join(folder.path, 'never.log')
    const never = startProgram('sample', module, { hang: true }, { readyMs: 2_000, log })
    await expect(never).rejects.toMatchObject({ code: 'PROGRAM_NOT_READY', exitCode: 3 })
    expect(livesOn(log)).toBe(false)
  })

  test('one that ends instead says how', async () => {
    const gone = startProgram('sample', new URL('./fixtures/nothing-there.ts', import.meta.url), {})
    await expect(gone).rejects.toMatchObject({ code: 'PROGRAM_GONE', message: '"sample" ended: exit code 1' })
  })

  test('options that cannot be sent are an error', async () => {
    await expect(startProgram('sample', module, { farewell: () => undefined })).rejects.toThrow(/could not be cloned/)
  })
})

describe('calls', () => {
  test('are answered, in whatever order, each with its own result', async () => {
    const program = await start()
    const never = program.call('never', null, 400)
    const sums = Array.from({ length: 50 }, (_, number) => program.call('add', [number, 1]))
    expect(await Promise.all(sums)).toEqual(Array.from({ length: 50 }, (_, number) => number + 1))
    await expect(never).rejects.toMatchObject({ code: 'PROGRAM_SILENT' })
    expect(await program.call('nothing')).toBeNull()
  })

  test('carry what JSON cannot', async () => {
    const program = await start()
    const value = { map: new Map([[1, 'one']]), big: 10n ** 20n, bytes: new Uint8Array([1, 2]), none: undefined }
    expect(await program.call('echo', value)).toEqual(value)
  })

  test('that fail say why, and the program lives on', async () => {
    const program = await start()
    await expect(program.call('refuse', 'not today')).rejects.toThrow('not today')
    await expect(program.call('unheard of')).rejects.toThrow('no method "unheard of"')
    await expect(program.call('unsendable')).rejects.toThrow(/could not be cloned/)
    await expect(program.call('echo', () => undefined)).rejects.toThrow(/could not be cloned/)
    expect(await program.call('add', [1, 2])).toBe(3)
  })

  test('under way when the program ends are not left hanging, and later ones are refused', async () => {
    const program = await start()
    const never = program.call('never')
    await expect(program.call('exit', 4)).rejects.toMatchObject({ code: 'PROGRAM_GONE' })
    await expect(never).rejects.toThrow('"sample" ended: exit code 4')
    expect(await program.exited).toEqual({ code: 4, signal: null })
    await expect(program.call('add', [1, 2])).rejects.toMatchObject({ code: 'PROGRAM_GONE' })
  })
})

describe('events', () => {
  test('reach the listener in order', async () => {
    const program = await start()
    const heard: number[] = []
    program.on('count', (number: number) => heard.push(number))
    await program.call('emit', 100)
    expect(heard).toEqual(Array.from({ length: 100 }, (_, number) => number))
  })

  test('from before the program was ready are not lost', async () => {
    const program = await start({ early: 3 })
    const heard: number[] = []
    program.on('early', (number: number) => heard.push(number))
    expect(heard).toEqual([0, 1, 2])
  })
})

describe('stopping', () => {
  test.each([false, true])('lets the program say farewell (one that throws: %s)', async (farewellThrows) => {
    const farewell = join(folder.path, `farewell-${farewellThrows}`)
    const program = await start({ farewell, farewellThrows })
    expect(await program.stop(20_000)).toEqual({ code: 0, signal: null })
    expect(existsSync(farewell)).toBe(true)
    expect(program.hasExited).toBe(true)
    expect(await program.stop()).toEqual({ code: 0, signal: null })
  })

  test('kills one that does not end', async () => {
    const program = await start()
    program.call('freeze').catch(() => undefined)
    expect(await program.stop(200)).toEqual({ code: null, signal: 'SIGKILL' })
    expect(isAlive(program.identity)).toBe(false)
  })

  test('after it was killed tells so', async () => {
    const program = await start()
    program.signal('SIGKILL')
    expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' })
    expect(await program.stop()).toEqual({ code: null, signal: 'SIGKILL' })
  })
})

test('a program on the same anchor reads the same time', async () => {
  const program = await start()
  const anchor = anchorNow()
  const clock = monotonicClock(anchor)
  const before = clock.now()
  const there = await program.call<number>('now', anchor)
  expect(there).toBeGreaterThanOrEqual(before)
  expect(there).toBeLessThanOrEqual(clock.now())
})
