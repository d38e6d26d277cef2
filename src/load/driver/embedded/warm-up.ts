import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Clock } from '../../../core/clock.ts'
import type { Checker } from './checker.ts'
import type { Answer } from './exchange.ts'
import { Sender } from './sender.ts'
import type { Target } from './target.ts'

const rounds = 40
const atOnce = 8

/**
 * Exchanges some hundred requests with a server of its own, and checks the answers. Without it the first twenty or so
 * responses of a play seem 10 to 30 ms slow: the parser, the checks and all our code would be compiled under them.
 */
export async function warmUp(clock: Clock, targets: readonly Target[], checker: Checker): Promise<void> {
  const body = JSON.stringify({ warm: true })
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => socket.write(head + body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sender = new Sender(clock, 1_000)
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const exchange = () =>
    new Promise<Answer | null>((resolve) => {
      const outgoing = { method: 'GET', path: '/', headers: { 'user-agent': 'brownout' }, body: null }
      sender.send(origin, outgoing, ({ answer }) => resolve(answer))
    })
  for (let round = 0; round < rounds; round += 1) {
    const answers = await Promise.all(Array.from({ length: atOnce }, exchange))
    for (const answer of answers) for (const { id } of answer ? targets : []) checker.keeps(id, answer as Answer)
  }
  sender.close()
  server.close()
}
