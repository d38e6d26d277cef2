import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, type TestContext } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** The command at a terminal of its own, which the program `script` of util-linux makes. */
function atTerminal(ctx: TestContext, args: string) {
  const script = '/usr/bin/script'
  if (process.platform !== 'linux' || !existsSync(script)) return ctx.skip('there is no script of util-linux')
  const command = `${process.execPath} bin/brownout.js ${args}`
  const child = spawn(script, ['-qefc', command, '/dev/null'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  child.stdout.on('data', (data: Buffer) => (text += data.toString()))
  return {
    press: (keys: string) => child.stdin.write(keys),
    saw: (wanted: string) => expect.poll(() => text, { timeout: 20_000 }).toContain(wanted),
    exitCode: async () => (await exited)[0] as unknown,
  }
}

test('a number puts its condition in force, 0 nothing, and q ends: exit 0', async (ctx) => {
  const { press, saw, exitCode } = atTerminal(
    ctx,
    'mock contracts/storefront--auth.contract.ts --condition "redis: slow"',
  )
  await saw('2  redis: unavailable')
  await saw('in force: redis: slow')
  press('2')
  await saw('in force: redis: unavailable')
  press('0')
  await saw('in force: nothing is broken')
  press('q')
  expect(await exitCode()).toBe(0)
})

test('Ctrl-C, a key like any other there, ends it: exit 130', async (ctx) => {
  const { press, saw, exitCode } = atTerminal(ctx, 'mock contracts/storefront--auth.contract.ts')
  await saw('in force: nothing is broken')
  press('\u0003')
  expect(await exitCode()).toBe(130)
})
