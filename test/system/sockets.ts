import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Address } from '../../src/system/topology.ts'

export interface Peer extends AsyncDisposable {
  address: Address
  /** What each connection sent, in the order they came. */
  received: string[]
  /** How each connection was ended by the other side: `'end'`, or the code of its error. */
  endings: string[]
}

/** A server that does what `meet` says with each connection, and notes what it is sent. */
export async function peer(meet: (socket: Socket, sent: string) => void): Promise<Peer> {
  const received: string[] = []
  const endings: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    const index = received.push('') - 1
    socket.on('data', (chunk) => {
      received[index] += chunk.toString()
      meet(socket, received[index] ?? '')
    })
    socket.on('end', () => {
      endings.push('end')
      socket.end()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => endings.push(error.code ?? error.message))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    received,
    endings,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
