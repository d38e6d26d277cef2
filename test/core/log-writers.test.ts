import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCommand } from '../../src/core/child.ts'
import { logWriters } from '../../src/core/log-writers.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('who writes its output to a file below a folder is told, with the file', async (ctx) => {
  ctx.skip(process.platform !== 'linux', 'Linux: only /proc tells where output goes')
  await using folder = await temporaryFolder()
  mkdirSync(join(folder.path, 'home/logs'), { recursive: true })
  mkdirSync(join(folder.path, 'home-too'))
  symlinkSync(join(folder.path, 'home'), join(folder.path, 'link'))
  const start = (log: string) =>
    startCommand({ name: 'sleeper', command: ['sleep', '60'], cwd: folder.path, env: { PATH: '/bin:/usr/bin' }, log })
  const inside = await start(join(folder.path, 'home/logs/a.log'))
  const beside = await start(join(folder.path, 'home-too/b.log'))
  try {
    const expected = [{ identity: inside.identity, command: 'sleep 60', file: 'logs/a.log' }]
    expect(logWriters(join(folder.path, 'home'))).toEqual(expected)
    expect(logWriters(join(folder.path, 'link'))).toEqual(expected)
    expect(logWriters(join(folder.path, 'nothing'))).toEqual([])
  } finally {
    await inside.stop(0)
    await beside.stop(0)
  }
})
