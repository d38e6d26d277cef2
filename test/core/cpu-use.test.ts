import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { type CpuReading, readCpu } from '../../src/core/cpu-use.ts'

const burning = 'const end = Date.now() + 1000; while (Date.now() < end);'
const linux = process.platform === 'linux'

function read(): CpuReading {
  const reading = readCpu()
  if (!reading) throw new Error('this machine does not tell')
  return reading
}

test('what a child used is our own, also when it has ended', async (ctx) => {
  ctx.skip(!linux, 'Linux: only /proc tells')
  const before = read()
  await once(spawn(process.execPath, ['-e', burning], { detached: true }), 'exit')
  const after = read()
  expect(after.own - before.own).toBeGreaterThan(100)
  expect(after.used - before.used).toBeGreaterThanOrEqual(after.own - before.own - 50)
  expect(after.there - before.there).toBeGreaterThanOrEqual(after.used - before.used)
})

test('what a process used that is none of ours is not', async (ctx) => {
  ctx.skip(!linux, 'Linux: only /proc tells')
  const before = read()
  // The shell ends at once, and the process it leaves behind has no parent of ours any more.
  execFileSync('/bin/sh', ['-c', '"$0" -e "$1" </dev/null >/dev/null 2>&1 &', process.execPath, burning])
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const after = read()
  expect(after.used - before.used - (after.own - before.own)).toBeGreaterThan(100)
})
