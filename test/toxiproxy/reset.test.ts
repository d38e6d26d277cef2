import { expect, test } from 'vitest'
import { startServer, startTestProxy } from './harness.ts'

// The real one stops at the first that fails, and which that is is left to chance.
test('POST /reset heals the others when one proxy cannot be enabled', async () => {
  const { port } = await startServer(() => undefined)
  const { api, ok, addToxic, proxy } = await startTestProxy()
  await proxy(9, 'a', { listen: `127.0.0.1:${port}`, enabled: false })
  await proxy(9, 'b')
  await addToxic('latency', {}, {}, 'b')
  await ok('PATCH', '/proxies/b', { enabled: false })
  const { status, text } = await api('POST', '/reset')
  expect(status).toBe(500)
  expect(JSON.parse(text).error).toBe(`listen tcp 127.0.0.1:${port}: bind: address already in use`)
  expect(await ok('GET', '/proxies/b')).toMatchObject({ enabled: true, toxics: [] })
})
