import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { brownout, expectNothingLeft, heldProcesses, reportOf } from './brownout.ts'

test('`brownout up` starts the shop alone; it can be used; Ctrl-C ends it', { timeout: 60_000 }, async () => {
  await using home = await temporaryFolder()
  const running = brownout(['up', '--home', home.path])
  await running.saw('Ctrl-C ends it')
  await running.saw('balancer')
  const door = /balancer\s+(http:\S+)/.exec(running.output())?.[1]
  const article = await fetch(`${door}/articles/1`)
  expect(article.status).toBe(200)
  expect(await article.json()).toMatchObject({ comments: [expect.anything(), expect.anything()] })
  const held = heldProcesses(home.path)
  process.kill(running.pid, 'SIGINT')
  expect(await running.exited).toEqual({ code: 0, signal: null })
  expectNothingLeft(home.path, held)
})

test(
  'without redis-server a stand-in takes its place, keeps up, and the report says so',
  { timeout: 120_000 },
  async () => {
    await using home = await temporaryFolder()
    // Nothing is on this PATH but Node.
    const env = { PATH: dirname(process.execPath) }
    const running = brownout(['gate', '--home', home.path, '--only', 'redis-refuses', '--seed', '3'], { env })
    expect((await running.exited).code, running.output()).toBe(0)
    expect(running.output()).toContain('note: no redis-server on this machine')
    const redis = reportOf(home.path).run.parts.find(({ role }) => role === 'redis')
    expect(redis).toMatchObject({
      name: 'Redis stand-in',
      note: expect.stringContaining('apt-get install redis-server') as string,
    })
  },
)
