import { expect, test } from 'vitest'
import { startCommand } from '../../src/core/child.ts'
import { freePorts } from '../../src/core/ports.ts'
import { probe } from '../../src/system/probe.ts'
import { need } from '../parts.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('a real Redis answers the probe and the canary, and says no when it wants a password', async (ctx) => {
  const server = need(ctx, 'redis-server')
  await using folder = await temporaryFolder()
  const [open = 0, locked = 0] = await freePorts(2)
  const start = (port: number, ...more: string[]) =>
    startCommand({
      name: 'redis',
      command: [server, '--port', String(port), '--bind', '127.0.0.1', '--save', '', ...more],
      cwd: folder.path,
      env: {},
      log: `${folder.path}/${port}.log`,
    })
  const children = await Promise.all([start(open), start(locked, '--requirepass', 'secret')])
  const ask = (port: number, options: { canary?: boolean; anyStatus?: boolean }) =>
    probe({ host: '127.0.0.1', port }, { kind: 'redis' }, { limitMs: 2_000, ...options })
  try {
    await expect.poll(async () => (await ask(open, {})).detail, { timeout: 20_000 }).toBe('+PONG')
    expect(await ask(open, { canary: true })).toMatchObject({
      outcome: 'answered',
      detail: 'brownout-canary',
      closedAfter: expect.any(Number) as number,
    })
    await expect.poll(async () => (await ask(locked, {})).detail, { timeout: 20_000 }).toMatch(/^-NOAUTH/)
    expect(await ask(locked, {})).toMatchObject({ outcome: 'closed' })
    expect(await ask(locked, { canary: true, anyStatus: true })).toMatchObject({ outcome: 'answered' })
  } finally {
    await Promise.all(children.map((child) => child.stop()))
  }
})
