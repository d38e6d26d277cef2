import { once } from 'node:events'
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'
import { onTestFinished } from 'vitest'
import { type ToxiproxyOptions, startToxiproxy } from '../../src/toxiproxy/server.ts'

export interface Answer {
  status: number
  headers: Headers
  text: string
}

/** A running embedded Toxiproxy on a free port, closed with the test. */
export async function startTestProxy(options: Partial<ToxiproxyOptions> = {}): Promise<TestProxy> {
  const toxiproxy = await startToxiproxy({ host: '127.0.0.1', port: 0, seed: 1, ...options })
  onTestFinished(() => toxiproxy.close())
  return talkTo(`http://127.0.0.1:${toxiproxy.port}`)
}

export type TestProxy = ReturnType<typeof talkTo>

/** Toxiproxy's API at `url`, in few words. */
export function talkTo(url: string) {
  /** A string is sent as it is, anything else as JSON. */
  const api = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answer> => {
    const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
    const response = await fetch(url + path, {
      method,
      headers: { 'user-agent': 'test', ...headers },
      ...(sent === undefined ? {} : { body: sent }),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  /** The JSON of an answer that must be a success. */
  const ok = async (method: string, path: string, body?: unknown) => {
    const { status, text } = await api(method, path, body)
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  return {
    url,
    api,
    ok,
    /** A proxy on a free port before `upstream`; gives its port. */
    async proxy(upstream: number | string, name = 'edge', settings = {}): Promise<number> {
      const address = typeof upstream === 'number' ? `127.0.0.1:${upstream}` : upstream
      const made = await ok('POST', '/proxies', { name, listen: '127.0.0.1:0', upstream: address, ...settings })
      return portOf(made.listen)
    },
    addToxic: (type: string, attributes = {}, settings = {}, name = 'edge') =>
      ok('POST', `/proxies/${name}/toxics`, { type, attributes, ...settings }),
  }
}

export function portOf(listen: string): number {
  return Number(listen.slice(listen.lastIndexOf(':') + 1))
}

/** A server that leaves half-closed connections alone; closed, with all its connections, after the test. */
export async function startServer(onConnection: (socket: Socket) => void) {
  const sockets: Socket[] = []
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    onConnection(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, sockets }
}

export function startEcho() {
  return startServer((socket) => socket.pipe(socket))
}

/** A client's view of a connection. */
export class Peer {
  readonly socket: Socket
  /** `'end'` for a FIN, else the code of the error; settled when the other side's half is over. */
  readonly over: Promise<string>
  #received = ''
  #isOver = false
  #wake: () => void = () => undefined

  constructor(socket: Socket) {
    this.socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.#received += text
      this.#wake()
    })
    this.over = new Promise((resolve) => {
      socket.once('end', () => resolve('end'))
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      socket.once('close', () => resolve('close'))
    })
    void this.over.then(() => {
      this.#isOver = true
      this.#wake()
    })
  }

  /** All that has come so far. */
  get received(): string {
    return this.#received
  }

  /** What comes next, `length` bytes of it, or less if the other side's half is over before. */
  async next(length: number): Promise<string> {
    while (this.#received.length < length && !this.#isOver) await new Promise<void>((resolve) => (this.#wake = resolve))
    const text = this.#received.slice(0, length)
    this.#received = this.#received.slice(length)
    return text
  }

  /** Sends `text`, and gives as much as comes back. */
  ask(text: string): Promise<string> {
    this.socket.write(text)
    return this.next(text.length)
  }
}

/** Connects; destroyed after the test. Rejects when refused. */
export async function dialRaw(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

export async function dial(port: number): Promise<Peer> {
  return new Peer(await dialRaw(port))
}

/** The code of the error that dialling gives, or `'connected'`. */
export function tryDial(port: number): Promise<string> {
  return dial(port).then(
    () => 'connected',
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  )
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

export const mebibyte = 1024 * 1024

/** Writes a MiB at a time; gives how many bytes of `total` were taken when nothing moves any more. */
export async function writeUntilStuck(socket: Socket, total: number): Promise<{ taken: number; all: Promise<void> }> {
  const block = Buffer.alloc(mebibyte, 'x')
  const { promise: all, resolve } = Promise.withResolvers<void>()
  const progress = { taken: 0 }
  const pump = () => {
    if (progress.taken >= total) return resolve()
    socket.write(block, (error) => {
      if (error) return
      progress.taken += mebibyte
      pump()
    })
  }
  pump()
  let before = -1
  while (before !== progress.taken && before !== total) {
    before = progress.taken
    await pause(300)
  }
  return { taken: before, all }
}

/** Waits until `condition` holds; the test's own time limit ends the wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5)
}

/** An echo behind a proxy, and one connection through it that has worked. */
export async function startEdge(start: () => Promise<TestProxy> = startTestProxy) {
  const upstream = await startEcho()
  const toxiproxy = await start()
  const listen = await toxiproxy.proxy(upstream.port)
  const peer = await dial(listen)
  await peer.ask('hello')
  const change = (method: string, toxic: string, body?: unknown) =>
    toxiproxy.ok(method, `/proxies/edge/toxics/${toxic}`, body)
  return { ...toxiproxy, listen, peer, change, upstream: upstream.sockets[0] as Socket }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
