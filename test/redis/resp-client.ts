import { once } from 'node:events'
import { connect } from 'node:net'

/**
 * A reply as it came over the wire, in one line of text, so that nothing a client would smooth over is lost:
 * `+OK`, `-ERR …`, `:1`, `"bulk"`, `nil`, `nil[]`, `_` (RESP3's nil), `["a" :1]`, `{"a" :1}` (map), `~["a"]` (set), `txt"…"`.
 */
export type Shown = string

export interface RespClient extends AsyncDisposable {
  readonly closed: Promise<void>
  /** Sends one command and waits for its reply. Arguments are text, or bytes. */
  ask(...args: (string | Buffer)[]): Promise<Shown>
  /** Sends bytes as they are and waits for `count` replies. */
  send(bytes: string | Buffer, count?: number): Promise<Shown[]>
}

/** A client of nothing but sockets; it knows RESP2 and RESP3. */
export async function connectRaw(port: number): Promise<RespClient> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  let bytes = Buffer.alloc(0)
  const shown: Shown[] = []
  let wake = () => {}
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk])
    for (let reply = show(bytes, 0); reply; reply = show(bytes, 0)) {
      shown.push(reply.text)
      bytes = bytes.subarray(reply.end)
    }
    wake()
  })
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve()
      wake()
    })
  })
  const send = async (sent: string | Buffer, count = 1) => {
    socket.write(sent)
    while (shown.length < count) {
      if (socket.closed) throw new Error('the server closed the connection')
      await new Promise<void>((resolve) => (wake = resolve))
    }
    return shown.splice(0, count)
  }
  return {
    closed,
    send,
    ask: async (...args) => (await send(request(args)))[0] ?? '',
    async [Symbol.asyncDispose]() {
      socket.destroy()
      await closed
    },
  }
}

/** A command as an array of bulk strings. */
export function request(args: readonly (string | Buffer)[]): Buffer {
  const parts = args.map((arg) => Buffer.from(arg as string))
  return Buffer.concat([
    Buffer.from(`*${parts.length}\r\n`),
    ...parts.flatMap((part) => [Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n')]),
  ])
}

/** The reply to `command`, with what has no order put into one. */
export function sorted(command: string, reply: Shown): Shown {
  const list = /^(~?)\[(.*)\]$/.exec(reply)
  if (!list || !/^(?:keys|smembers)$/i.test(command)) return reply
  return `${list[1]}[${(list[2] ?? '').split(' ').toSorted().join(' ')}]`
}

/** The reply that starts at `start`, or `null` when it is not whole yet. */
function show(bytes: Buffer, start: number): { text: Shown; end: number } | null {
  const lineEnd = bytes.indexOf('\r\n', start)
  if (lineEnd === -1) return null
  const line = bytes.toString('latin1', start, lineEnd)
  const count = Number(line.slice(1))
  const after = lineEnd + 2
  switch (line[0]) {
    case '$':
    case '=': {
      if (count === -1) return { text: 'nil', end: after }
      const end = after + count + 2
      if (bytes.length < end) return null
      const content = bytes.toString('latin1', after, after + count)
      const isText = line[0] === '='
      return { text: isText ? `txt${JSON.stringify(content.slice(4))}` : JSON.stringify(content), end }
    }
    case '*':
      return count === -1 ? { text: 'nil[]', end: after } : showAll(bytes, after, count, '[]')
    case '~':
      return showAll(bytes, after, count, '[]', '~')
    case '%':
      return showAll(bytes, after, count * 2, '{}')
    default:
      return { text: line, end: after }
  }
}

function showAll(bytes: Buffer, start: number, count: number, [open, close]: string, before = '') {
  const parts: Shown[] = []
  let end = start
  while (parts.length < count) {
    const part = show(bytes, end)
    if (!part) return null
    parts.push(part.text)
    end = part.end
  }
  return { text: `${before}${open}${parts.join(' ')}${close}`, end }
}
