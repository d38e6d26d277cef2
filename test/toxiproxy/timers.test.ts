import { expect, test } from 'vitest'
import { dial, startEcho, startTestProxy, until } from './harness.ts'

// A file of its own: timers of other tests would blur the count.
test('connections that are cut, reset or closed leave no timers behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
  const { port } = await startEcho()
  const { ok, proxy, addToxic } = await startTestProxy()
  const listen = await proxy(port)
  const many = Array.from({ length: 40 })
  const hour = 3_600_000
  for (const end of ['cut', 'gone', 'removed']) {
    const peers = await Promise.all(many.map(() => dial(listen)))
    const say = (text: string) => peers.map((peer) => peer.ask(text))
    expect(await Promise.all(say('x'))).toEqual(many.map(() => 'x'))
    await addToxic('latency', { latency: hour })
    void say('held')
    await until(() => timers() >= many.length)
    await addToxic('timeout', { timeout: hour }, { stream: 'upstream' })
    await until(() => timers() >= 2 * many.length)
    if (end === 'gone') for (const { socket } of peers) socket.resetAndDestroy()
    else {
      await ok('PATCH', '/proxies/edge/toxics/timeout_upstream', { toxicity: 0 })
      await addToxic('reset_peer', { timeout: hour }, { stream: 'upstream' })
      void say('held')
      await until(() => timers() >= 2 * many.length)
      if (end === 'cut') await ok('PATCH', '/proxies/edge', { enabled: false })
      else await ok('POST', '/reset')
    }
    await until(() => timers() < many.length / 2)
    await ok('POST', '/reset')
  }
  expect(timers()).toBeLessThan(many.length / 2)
})
