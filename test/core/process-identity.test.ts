import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identify, isAlive, signalGroup } from '../../src/core/process-identity.ts'

const forever = () =>
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true })

test('a process is alive until it has ended', async () => {
  const child = forever()
  const identity = identify(child.pid as number)
  expect(isAlive(identity)).toBe(true)
  signalGroup(identity.pid, 'SIGKILL')
  await once(child, 'exit')
  expect(isAlive(identity)).toBe(false)
  expect(() => signalGroup(identity.pid, 'SIGTERM')).not.toThrow()
})

test('a later process with the same id is another', () => {
  const { pid, startTicks } = identify(process.pid)
  expect(isAlive({ pid, startTicks })).toBe(true)
  expect(isAlive({ pid, startTicks: `${startTicks}0` })).toBe(false)
})

test('without a start time the id alone decides', () => {
  expect(isAlive({ pid: process.pid, startTicks: null })).toBe(true)
})

test('without a start time, a process of another user is alive', (ctx) => {
  const module = join(import.meta.dirname, '../../src/core/process-identity.ts')
  const code = `import { isAlive } from ${JSON.stringify(module)}; console.log(isAlive({ pid: 1, startTicks: null }))`
  const asRoot = process.getuid?.() === 0
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    // Root may signal anybody; nobody may not, where it may read the module at all.
    ...(asRoot ? { uid: 65_534 } : {}),
  })
  ctx.skip(asRoot && stdout === '', 'nobody may not read here')
  expect(stdout).toBe('true\n')
})

test('a zombie is not alive', async (ctx) => {
  ctx.skip(process.platform !== 'linux', 'Linux: only /proc tells a zombie from the living')
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  try {
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const identity = identify(Number(line.toString()))
    expect(isAlive(identity)).toBe(true)
    // Once it stands still, the parent cannot bury its child.
    parent.kill('SIGSTOP')
    await expect.poll(() => readFileSync(`/proc/${parent.pid}/stat`, 'utf8')).toMatch(/\) T /)
    process.kill(identity.pid, 'SIGKILL')
    await expect.poll(() => isAlive(identity)).toBe(false)
    expect(process.kill(identity.pid, 0)).toBe(true)
  } finally {
    signalGroup(parent.pid as number, 'SIGKILL')
  }
})
