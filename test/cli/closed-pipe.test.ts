import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { expectNothingLeft, reportOf, tiny } from './brownout.ts'

const bin = join(import.meta.dirname, '../../bin/brownout.js')

/** Runs it with a reader of its output that leaves after the first words, as `head` does; `true` reads none. */
async function leftBy(reader: 'head' | 'true', args: readonly string[]): Promise<{ code: unknown; errors: string }> {
  const started = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  if (reader === 'true') started.stdout.destroy()
  else started.stdout.once('data', () => started.stdout.destroy())
  let errors = ''
  started.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const [code] = (await once(started, 'close')) as unknown[]
  return { code, errors }
}

test('a report that nobody reads to its end is stored, and is no bug', async () => {
  await using folder = await temporaryFolder()
  const run = join(folder.path, 'run')
  cpSync(join(import.meta.dirname, '../record/fixtures/version-1'), run, { recursive: true })
  expect(await leftBy('true', ['report', run, '--json'])).toEqual({ code: 0, errors: '' })
  expect(existsSync(join(run, 'junit.xml'))).toBe(true)
})

test('a gate that nobody listens to is played to its end', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const args = ['gate', '--config', tiny, '--home', home.path, '--only', 'back-refused']
  expect(await leftBy('head', args)).toEqual({ code: 0, errors: '' })
  expect(reportOf(home.path).decision?.exitCode).toBe(0)
  expectNothingLeft(home.path)
})
