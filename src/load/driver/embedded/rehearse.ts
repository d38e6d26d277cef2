import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { devNull } from 'node:os'
import type { LoadOrder } from '../../workload.ts'
import type { Checker } from '../../answers/checker.ts'
import { Play } from './play.ts'

const stages = [{ rate: 2_000, forMs: 100 }]

/**
 * Plays the order for a moment against a server of its own, and into nothing. Without it the first responses of a play
 * seem 10 to 30 ms slow: the parser, the schemas and all our code would be compiled under them.
 */
export async function rehearse(order: LoadOrder, checker: Checker): Promise<void> {
  const answer = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => socket.write(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const interactions = order.workload.interactions.map((interaction) => ({ ...interaction, base, weight: 1 }))
  const rehearsal = {
    ...order,
    workload: { ...order.workload, stages, interactions, timeoutMs: 1_000 },
    into: { samples: devNull, evidence: devNull },
  }
  const play = await Play.open(rehearsal, checker, () => undefined)
  play.begin()
  await play.done
  server.close()
}
