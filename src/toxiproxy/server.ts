import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Reply, errorReply, findRoute, plain } from './api.ts'
import { parseBody } from './body.ts'
import { Proxies } from './proxies.ts'

export interface ToxiproxyOptions {
  host: string
  /** 0: any free port. */
  port: number
  /** The same seed and the same order of connections give the same draws. */
  seed: number
  /** Dialling an upstream is given up after so many ms; 10 s unless given. */
  dialMs?: number
}

export interface Toxiproxy {
  host: string
  port: number
  /** Ends the API, the listeners and every connection. */
  close(): Promise<void>
}

/** Starts Toxiproxy's HTTP API. Rejects when the address cannot be had. */
export async function startToxiproxy({ host, port, seed, dialMs = 10_000 }: ToxiproxyOptions): Promise<Toxiproxy> {
  const proxies = new Proxies({ seed, dialMs })
  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const reply = await answer(proxies, request, response).catch(errorReply)
    response.writeHead(reply.status, reply.type === undefined ? {} : { 'content-type': reply.type })
    response.end(reply.text)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = server.address() as AddressInfo
  return {
    host: bound.address,
    port: bound.port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await Promise.all([closed, proxies.stop()])
    },
  }
}

async function answer(proxies: Proxies, request: IncomingMessage, response: ServerResponse): Promise<Reply> {
  const [path = ''] = (request.url ?? '').split('?')
  const route = findRoute(request.method ?? '', path)
  if ('status' in route) return route
  response.setHeader('X-Toxiproxy-Request-Id', randomUUID())
  // A page in a browser must not be able to break connections on this machine.
  if (request.headers['user-agent']?.startsWith('Mozilla/')) return plain(403, 'User agent not allowed\n')
  const body = await text(request)
  return route.handler({ proxies, names: route.names, body: () => parseBody(body) })
}
