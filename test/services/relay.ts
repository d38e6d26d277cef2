import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** `pass`: as if it were not there; `silent`: takes everything and answers nothing; or replies late by some ms. */
export type Mode = 'pass' | 'silent' | { lateMs: number }

export interface Relay extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Connections that were opened through it. */
  readonly opened: number
  mode: Mode
  /** Cuts all connections; new ones are taken. */
  cut(): void
  /** Refuses connections and cuts those that live. */
  refuse(): Promise<void>
  accept(): Promise<void>
}

/** A TCP relay that can fail. It takes a connection before it has one itself, as proxies do: a dead target looks like an
 * early end, not like a refusal. */
export async function openRelay(target: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  let mode: Mode = 'pass'
  let opened = 0
  const server = createServer((client) => {
    opened++
    const upstream = connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => (sockets.delete(socket), other.destroy()))
    }
    client.pipe(upstream)
    upstream.on('data', (data) => {
      if (mode === 'silent') return
      if (mode === 'pass') client.write(data)
      else setTimeout(() => client.destroyed || client.write(data), mode.lateMs)
    })
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as { port: number }).port
  }
  const port = await listen(0)
  const cut = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get opened() {
      return opened
    },
    get mode() {
      return mode
    },
    // Whoever was kept waiting gets its connection closed, as when a black hole is removed.
    set mode(next) {
      if (mode === 'silent') cut()
      mode = next
    },
    cut,
    refuse: () => close(server, cut),
    accept: async () => void (await listen(port)),
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await close(server, cut)
    },
  }
}

async function close(server: Server, cut: () => void): Promise<void> {
  server.close()
  cut()
  await once(server, 'close')
}
