import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'

export interface Fake extends AsyncDisposable {
  readonly url: string
  readonly requests: { method: string; path: string; headers: IncomingHttpHeaders; body: string }[]
}

/** A stranger in place of a service, which answers everything alike. */
export async function answerWith(status: number, body: unknown, extra: Record<string, string> = {}): Promise<Fake> {
  const requests: Fake['requests'] = []
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request
    const asked = { method, path, headers, body: '' }
    requests.push(asked)
    request.on('data', (data: Buffer) => (asked.body += data.toString()))
    request.on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...extra })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
