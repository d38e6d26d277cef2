import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { portHolder } from '../../src/core/port-holder.ts'

test('the holder of a port is the process that listens on it', async (ctx) => {
  ctx.skip(process.platform !== 'linux', 'Linux: only /proc tells who listens on a port')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const holder = portHolder(port)
  expect(holder?.pid).toBe(process.pid)
  expect(holder?.command).toContain('node')
  await new Promise((resolve) => server.close(resolve))
  expect(portHolder(port)).toBeUndefined()
})
