import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, tiny } from './brownout.ts'

test('the command line keeps what Node compiled for its next start, unless it may not', async () => {
  await using folder = await temporaryFolder()
  const kept = join(folder.path, 'node-compile-cache')
  const plan = async (env: Record<string, string>) => {
    const ours = { TMPDIR: folder.path, NODE_COMPILE_CACHE: '', ...env }
    const running = brownout(['plan', '--config', tiny], { env: ours })
    expect((await running.exited).code, running.output()).toBe(0)
    return existsSync(kept)
  }
  expect(await plan({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(false)
  expect(await plan({})).toBe(true)
})
