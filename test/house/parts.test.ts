import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { need, part } from '../parts.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const skip = (() => {
  throw new Error('skipped')
}) as never

test('a part that is nowhere on the PATH comes with a hint', () => {
  expect(part('redis-server', '/nonexistent')).toEqual({
    missing: expect.stringMatching(/^redis-server: apt-get install redis-server/),
  })
})

test('a missing part skips a test, and fails it under CI', () => {
  vi.stubEnv('CI', '')
  const missing = part('redis-server', '/nonexistent')
  expect(() => need({ skip }, 'redis-server', missing)).toThrow('skipped')
  vi.stubEnv('CI', 'true')
  expect(() => need({ skip }, 'redis-server', missing)).toThrow('A part is missing: redis-server')
  vi.unstubAllEnvs()
})

test('a part is found where it may be executed', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'redis-server')
  await writeFile(path, '', { mode: 0o644 })
  expect(part('redis-server', `/nonexistent:${folder.path}`)).toHaveProperty('missing')
  await chmod(path, 0o755)
  expect(part('redis-server', `/nonexistent:${folder.path}`)).toEqual({ path })
  expect(need({ skip }, 'redis-server', { path })).toBe(path)
})
