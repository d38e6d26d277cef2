import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { type Child, startCommand } from '../../src/core/child.ts'
import { startProgram } from '../../src/core/start-program.ts'
import { identify, isAlive } from '../../src/core/process-identity.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const folder = await temporaryFolder()
afterAll(() => folder[Symbol.asyncDispose]())
const log = join(folder.path, 'command.log')
const started: Child[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.stop(0)))
})

async function start(...command: string[]): Promise<Child> {
  const child = await startCommand({ name: 'sample', command, cwd: import.meta.dirname, env: { WORD: 'hello' }, log })
  started.push(child)
  return child
}
const run = (code: string) => start(process.execPath, '-e', code)
const fixture = (name: string, ...args: string[]) => start(process.execPath, join('fixtures', name), ...args)
const logged = (text: string | RegExp) =>
  expect.poll(() => readFileSync(log, 'utf8'), { timeout: 10_000 }).toMatch(text)

test('a command runs in its folder, with its environment and no other, and both its outputs go to the log', async () => {
  const child = await run('console.log(process.cwd(), process.env.WORD, process.env.PATH); console.error("trouble")')
  expect(await child.exited).toEqual({ code: 0, signal: null })
  expect(readFileSync(log, 'utf8')).toContain(`${import.meta.dirname} hello undefined\ntrouble\n`)
})

test('it is known by its id and start time while it lives', async () => {
  const child = await run('setInterval(() => {}, 1000)')
  expect(child.hasExited).toBe(false)
  expect(child.identity).toEqual(identify(child.identity.pid))
  expect(isAlive(child.identity)).toBe(true)
  await child.stop()
  expect(child.hasExited).toBe(true)
  expect(isAlive(child.identity)).toBe(false)
})

test('its exit tells the code or the signal', async () => {
  expect(await (await run('process.exit(3)')).exited).toEqual({ code: 3, signal: null })
  const killed = await run('setInterval(() => {}, 1000)')
  killed.signal('SIGKILL')
  expect(await killed.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

test('stop() lets it end by itself', async () => {
  const child = await run(
    'process.on("SIGTERM", () => process.exit(5)); console.log("listens"); setInterval(() => {}, 1000)',
  )
  await logged('listens')
  expect(await child.stop(20_000)).toEqual({ code: 5, signal: null })
  expect(await child.stop()).toEqual({ code: 5, signal: null })
})

test('stop() kills one that does not end', async () => {
  const child = await fixture('stubborn.mjs')
  await logged('ready')
  expect(await child.stop(200)).toEqual({ code: null, signal: 'SIGKILL' })
  await logged('SIGTERM')
})

test.each([
  ['when it is stopped', [], async (child: Child) => child.stop()],
  ['when it ends by itself', ['leave'], async (child: Child) => child.exited],
])('what it started ends with it, %s', async (_when, args, end) => {
  const child = await fixture('family.mjs', ...args)
  await logged(new RegExp(`grandchild \\d+\\n$`))
  const grandchild = identify(Number(/grandchild (\d+)\n$/.exec(readFileSync(log, 'utf8'))?.[1]))
  await end(child)
  await expect.poll(() => isAlive(grandchild), { timeout: 2_000 }).toBe(false)
})

test.each([
  ['a command that does not exist', { command: ['/nowhere/nothing'] }, /\/nowhere\/nothing: .*ENOENT/],
  ['a file that cannot be run', { command: [import.meta.filename] }, /EACCES/],
  ['a folder that does not exist', { cwd: '/nowhere' }, /there is no folder \/nowhere/],
  ['a folder that is a file', { cwd: import.meta.filename }, /ENOTDIR/],
  ['no command', { command: [] }, /cannot be empty/],
])('%s is an error', async (_what, wrong, why) => {
  const options = { name: 'sample', command: [process.execPath], cwd: import.meta.dirname, env: {}, log, ...wrong }
  const error = await startCommand(options).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'BrownoutError', code: 'CANNOT_START', exitCode: 3 })
  expect((error as Error).message).toMatch(/^Failed to start "sample": /)
  expect((error as Error).message).toMatch(why)
  expect(existsSync('/nowhere')).toBe(false)
})

test('a log that cannot be written is an error, of a command and of a program', async () => {
  const options = { name: 'sample', command: [process.execPath], cwd: import.meta.dirname, env: {} }
  const wanted = { code: 'UNWRITABLE', exitCode: 3, message: expect.stringContaining('/nowhere/a.log') as string }
  await expect(startCommand({ ...options, log: '/nowhere/a.log' })).rejects.toMatchObject(wanted)
  const module = new URL('./fixtures/none.ts', import.meta.url)
  await expect(startProgram('sample', module, null, { log: '/nowhere/a.log' })).rejects.toMatchObject(wanted)
})
