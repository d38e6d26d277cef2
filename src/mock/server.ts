import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { messageOf } from '../core/errors.ts'
import { actualRequest } from './actual.ts'
import { answering, type StubAnswer } from './answer.ts'
import { control, controlPath } from './control.ts'
import type { Explanation } from './explain.ts'
import { fairWeather, type Mock, type Situation } from './mock.ts'
import { json, send, unmatched } from './reply.ts'

export interface MockServerOptions {
  host: string
  /** 0: any free port. */
  port: number
  /** The same seed gives the same generated values. */
  seed: number
  /** What is in force to begin with; nothing is broken unless it says so. */
  situation?: Situation
  onAnswered?: (answered: Answered) => void
  /** Told by HTTP; not of what `situation` was set to here. */
  onSwitched?: (situation: Situation) => void
}

/** A request and what became of it. */
export interface Answered {
  method: string
  target: string
  status: number
  /** The half that answered, or why none did. */
  by: { half: string } | { explanation: Explanation }
}

export interface MockServer extends AsyncDisposable {
  readonly url: string
  readonly mock: Mock
  /** What is in force; may be set at any time. */
  situation: Situation
  close(): Promise<void>
}

/** Serves a mock over HTTP. Rejects with the error of `listen` when the address cannot be had. */
export async function startMockServer(mock: Mock, options: MockServerOptions): Promise<MockServer> {
  const { host, port, seed, onAnswered, onSwitched } = options
  const answerOf = answering(seed)
  const told = async (request: IncomingMessage, target: string): Promise<StubAnswer> => {
    const body = (await buffer(request)).toString()
    const [path = ''] = target.split('?')
    const reply = control({ method: request.method ?? '', path, body }, mock, live.situation)
    if (reply.situation !== live.situation) onSwitched?.(reply.situation)
    live.situation = reply.situation
    return json(reply.status, reply.body)
  }
  const asked = async (request: IncomingMessage, target: string): Promise<StubAnswer> => {
    const { method = '', headers } = request
    const actual = actualRequest({ method, target, headers: present(headers), body: await buffer(request) })
    const found = mock.find(actual, live.situation)
    const answer = 'stub' in found ? answerOf(found.stub) : unmatched(found.explanation)
    const by = 'stub' in found ? { half: found.stub.half } : found
    onAnswered?.({ method, target, status: answer.status, by })
    return answer
  }
  const server = createServer(async (request, response) => {
    try {
      const target = targetOf(request)
      send(response, await (target.startsWith(controlPath) ? told(request, target) : asked(request, target)))
    } catch (error) {
      // The client is gone, or a pact has a header that HTTP has no room for.
      if (!response.headersSent) send(response, json(500, { error: `Failed to answer: ${messageOf(error)}` }))
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, resolve)
  })
  const bound = server.address() as AddressInfo
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  const shown = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  const live: MockServer = {
    url: `http://${shown}:${bound.port}`,
    mock,
    situation: options.situation ?? fairWeather,
    close,
    [Symbol.asyncDispose]: close,
  }
  return live
}

/** As clients write it to a server; one that takes this for a proxy writes the address before it. */
function targetOf({ url = '/' }: IncomingMessage): string {
  return url.replace(/^https?:\/\/[^/?]*/i, '') || '/'
}

function present(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
