import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { serveProgram } from '../../src/core/program.ts'

const block = Buffer.alloc(256 * 1024, 'x')

/** What stands behind the proxies: an echo, and a source that sends `sourceBytes` to whoever connects, then ends. */
serveProgram<{ sourceBytes: number }>(async ({ sourceBytes }) => ({
  info: {
    echo: await listen((socket) => socket.pipe(socket)),
    source: await listen((socket) => void pour(socket, sourceBytes)),
  },
}))

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined)
    onConnection(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function pour(socket: Socket, bytes: number): Promise<void> {
  for (let sent = 0; sent < bytes && !socket.destroyed; sent += block.length)
    if (!socket.write(block)) await once(socket, 'drain')
  socket.end()
}
