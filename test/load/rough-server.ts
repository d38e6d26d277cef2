import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface Received {
  method: string
  path: string
  /** By their names in lower case. */
  headers: Record<string, string>
  body: string
  /** Number of the connection it came on, from 1, and of the request on it, from 1. */
  connection: number
  turn: number
}

export interface RoughServer extends AsyncDisposable {
  base: string
  received: Received[]
  /** Connections that were ever opened. */
  connections: number
}

type Answer = (socket: Socket, request: Received) => void

/** An HTTP server that can do everything wrong: `answer` writes to the bare socket. */
export async function roughServer(answer: Answer): Promise<RoughServer> {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    rough.connections += 1
    const connection = rough.connections
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let text = ''
    let turn = 0
    socket.on('data', (data) => {
      text += data.toString('latin1')
      for (;;) {
        const end = text.indexOf('\r\n\r\n')
        if (end < 0) return
        const [first = '', ...lines] = text.slice(0, end).split('\r\n')
        const [method = '', path = ''] = first.split(' ')
        const headers = Object.fromEntries(lines.map(headerOf))
        const length = Number(headers['content-length'] ?? 0)
        if (text.length < end + 4 + length) return
        const body = Buffer.from(text.slice(end + 4, end + 4 + length), 'latin1').toString()
        text = text.slice(end + 4 + length)
        turn += 1
        const request = { method, path, headers, body, connection, turn }
        received.push(request)
        answer(socket, request)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const rough: RoughServer = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: 0,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  return rough
}

function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

/** The number of its arrival, as the headers tell it; `NaN` for who is not of a run called `run`. */
export function sequenceOf({ headers }: Pick<Received, 'headers'>): number {
  return Number(/^run-(\d+)$/.exec(headers['x-request-id'] ?? '')?.[1])
}

/** A whole answer with a stated length; `headers` come on top. */
export function whole(body: string, { status = 200, headers = {} as Record<string, string> } = {}): string {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers })
  return `HTTP/1.1 ${status} Rough\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}
