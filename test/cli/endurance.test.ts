import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAlive } from '../../src/core/process-identity.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, heldProcesses, recordOf, reportOf, type Running, tiny } from './brownout.ts'

const fixtures = join(import.meta.dirname, '../fixtures/tiny')
const hard = join(fixtures, 'endurance.config.ts')
const gate = (config: string, home: string, ...more: string[]) =>
  ['gate', '--config', config, '--home', home, '--seed', '7', '--only', 'back-refused'].concat(more)
const slow = { timeout: 60_000, retry: 0 }

test('a service that leaks until it dies is named with its last words, exit 1', slow, async () => {
  await using home = await temporaryFolder()
  const running = brownout(gate(hard, home.path, '--variant', 'front.leaks'))
  await running.saw('baseline')
  const held = heldProcesses(home.path)
  expect((await running.exited).code, running.output()).toBe(1)
  expect(wordsOf(running)).toMatch(/front ended though no fault ended it .*heap out of memory/)
  const [scenario] = recordOf(home.path).scenarios
  expect(scenario?.deaths.map(({ instance }) => instance)).toEqual(['front'])
  expectNothingLeft(home.path, held)
})

test.for([2, 3])('Ctrl-C %i times, while all is being undone: it is undone, exit 130', slow, async (times) => {
  await using home = await temporaryFolder()
  const running = brownout(gate(hard, home.path, '--variant', 'front.stays'))
  await running.saw('in force')
  const held = heldProcesses(home.path)
  let living = held.length
  const livingNow = () => held.filter(isAlive).length
  send(running, 'SIGINT')
  // The front does not heed SIGTERM, so that it takes a while to end it: each signal finds the undoing under way.
  for (let time = 1; time < times; time++) {
    await expect.poll(livingNow, { timeout: 20_000, interval: 5 }).toBeLessThan(living)
    living = livingNow()
    send(running, 'SIGINT')
  }
  expect(await running.exited, running.output()).toEqual({ code: 130, signal: null })
  expectNothingLeft(home.path, held)
  expect(recordOf(home.path)).toMatchObject({ endedBy: { code: 'INTERRUPTED' }, faultsLeft: [] })
})

test('Ctrl-C and SIGTERM again and again, to the very end: everything is undone, exit 130', slow, async () => {
  await using home = await temporaryFolder()
  const running = brownout(gate(tiny, home.path))
  await running.saw('in force')
  const held = heldProcesses(home.path)
  send(running, 'SIGINT')
  const again = setInterval(() => {
    send(running, 'SIGINT')
    send(running, 'SIGTERM')
  }, 10)
  const exit = await running.exited.finally(() => clearInterval(again))
  expect(exit, running.output()).toEqual({ code: 130, signal: null })
  expectNothingLeft(home.path, held)
})

test.for(['+', '-'])('the wall clock jumps by %s1 h while a fault is in force: nothing changes', slow, async (sign) => {
  await using home = await temporaryFolder()
  const step = join(home.path, 'step')
  const env = { NODE_OPTIONS: `--import ${join(fixtures, 'preload/step-clock.js')}`, CLOCK_STEP: step }
  const running = brownout(gate(tiny, home.path), { env })
  await running.saw('in force')
  const held = heldProcesses(home.path)
  writeFileSync(step, `${sign}3600000`)
  expect((await running.exited).code, running.output()).toBe(0)
  expect(reportOf(home.path).scenarios.map(({ word }) => word)).toEqual(['degraded gracefully'])
  const { startedAt, endedAt } = recordOf(home.path)
  expect(endedAt).toBeGreaterThan(startedAt)
  expect(endedAt).toBeLessThan(startedAt + 60_000)
  expectNothingLeft(home.path, held)
})

test('a disk on which nothing can begin, exit 2', slow, async (ctx) => {
  await using disk = await smallDisk(ctx, 4)
  const running = brownout(gate(tiny, disk.home), { under: disk.under })
  expect((await running.exited).code, running.output()).toBe(2)
  expect(wordsOf(running)).toMatch(/Failed to write .*ENOSPC.*--home DIR/)
  expectNothingLeft(disk.kept)
})

/** Where the disk becomes full: the front writes 20 kB of log a second, the load 5 kB of samples. */
test.for([
  [24, 'in the baseline'],
  [80, 'before the fault'],
  [128, 'under the fault'],
] as const)('a disk of %i KiB becomes full %s: an error of ours, all undone, exit 3', slow, async ([kib], ctx) => {
  await using disk = await smallDisk(ctx, kib)
  const running = brownout(gate(tiny, disk.home), { under: disk.under })
  await running.saw('baseline')
  const held = heldProcesses(`/proc/${running.pid}/root${disk.home}`)
  expect(held.length).toBeGreaterThanOrEqual(5)
  expect((await running.exited).code, running.output()).toBe(3)
  expect(wordsOf(running)).toMatch(/Failed to write .*ENOSPC.*--home DIR/)
  expect(wordsOf(running)).not.toMatch(/broken|ended though no fault|bug/)
  expectNothingLeft(disk.kept, held)
})

test('samples for which there is no room: an error of our recording, all undone, exit 3', slow, async (ctx) => {
  await using disk = await smallDisk(ctx, 56)
  const running = brownout(gate(hard, disk.home, '--variant', 'front.is-mute'), { under: disk.under })
  await running.saw('baseline')
  const held = heldProcesses(`/proc/${running.pid}/root${disk.home}`)
  expect((await running.exited).code, running.output()).toBe(3)
  expect(wordsOf(running)).toMatch(/Failed to play the load: Failed to write .*(samples|evidence).*ENOSPC.*--home DIR/)
  expect(wordsOf(running)).not.toMatch(/broken|ended though no fault|bug/)
  expectNothingLeft(disk.kept, held)
})

test('files that may grow no more: an error of ours, all undone, exit 3', slow, async () => {
  await using home = await temporaryFolder()
  // In blocks of 512 bytes, or of 1,024; the front's log reaches it first, and the front dies of that.
  const under = ['sh', '-c', 'ulimit -f 64; exec "$0" "$@"']
  const running = brownout(gate(tiny, home.path), { under })
  await running.saw('baseline')
  const held = heldProcesses(home.path)
  expect((await running.exited).code, running.output()).toBe(3)
  expect(wordsOf(running)).toMatch(/Failed to write .*EFBIG.*--home DIR/)
  expect(wordsOf(running)).not.toMatch(/ended though no fault|bug/)
  expect(recordOf(home.path).endedBy?.code).toBe('UNWRITABLE')
  expectNothingLeft(home.path, held)
})

/** Signals it, unless it is at its end already. */
function send(running: Running, signal: NodeJS.Signals): void {
  try {
    process.kill(running.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** What was printed, however it was broken into lines. */
const wordsOf = (running: Running) => running.output().replaceAll(/\s+/g, ' ')

/** Runs a command with mounts of its own, as their root. */
const apart = ['unshare', '-rm'] as const

/** A disk of that many KiB in memory, which only what runs `under` it sees; what is on it in the end is `kept`. */
async function smallDisk(ctx: { skip(condition: boolean, note: string): void }, kib: number) {
  const [unshare, ...flags] = apart
  const mayMount = spawnSync(unshare, [...flags, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
  ctx.skip(!mayMount, 'a disk of its own needs the right to mount one')
  const folder = await temporaryFolder()
  const [home, kept] = [join(folder.path, 'home'), join(folder.path, 'kept')]
  mkdirSync(home)
  const script = `mount -t tmpfs -o size=${kib}k tmpfs ${home}; "$0" "$@"; code=$?; cp -a ${home} ${kept}; exit $code`
  return {
    home,
    kept,
    under: [...apart, 'sh', '-c', script],
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
