import { once } from 'node:events'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import { onTestFinished } from 'vitest'
import { Intake } from '../../src/toxiproxy/intake.ts'
import { adoptSocket } from '../../src/toxiproxy/sockets.ts'
import { dial } from './harness.ts'

/** An accepted socket, read by an intake, and the other end of it. */
export async function accept(...without: [handle?: null]) {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const [[accepted], peer] = await Promise.all([
    once(server, 'connection') as Promise<[Socket]>,
    dial((server.address() as AddressInfo).port),
  ])
  const intake = new Intake()
  const socket = adoptSocket(accepted, intake.onread, ...(without as []))
  onTestFinished(() => void socket.destroy())
  return { accepted, socket, intake, peer, server }
}
