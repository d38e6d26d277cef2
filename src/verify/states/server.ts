import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json } from '../../contract/define.ts'
import { isRecord } from '../../contract/place.ts'
import { BrownoutError, exitCodes, messageOf } from '../../core/errors.ts'
import type { ProviderState } from '../../pact/model.ts'
import type { ProviderStates } from './provider-states.ts'

const mostBytes = 1_000_000
/** Not a 5xx: stock tools repeat those for two minutes. */
const refused = 422

export interface StateServer extends AsyncDisposable {
  /** Where stock tools send the changes of states. */
  url: string
}

/**
 * Serves Pact's protocol for provider states: `POST { action: 'setup' | 'teardown', state, params }`, at any path. What a
 * state yields is the answer. `onChange` is told of each, with the trouble there was.
 */
export async function serveStates(
  states: Pick<ProviderStates, 'setUp' | 'tearDown'>,
  { port, onChange }: { port: number; onChange(change: StateChange, trouble: string | null): void },
): Promise<StateServer> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    try {
      const change = readChange(await bodyOf(request))
      try {
        const values = change.action === 'setup' ? await states.setUp(change) : await states.tearDown(change)
        onChange(change, null)
        answer(200, values ?? {})
      } catch (error) {
        onChange(change, messageOf(error))
        throw error
      }
    } catch (error) {
      answer(refused, { error: messageOf(error) })
    }
  })
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new BrownoutError('PORT_TAKEN', `Failed to serve provider states on port ${port}: ${messageOf(error)}.`, {
      exitCode: exitCodes.inconclusive,
      hint: 'Name another with --port, or leave it out to use a free one.',
    })
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export interface StateChange extends ProviderState {
  action: 'setup' | 'teardown'
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > mostBytes) throw new Error(`the request is larger than ${mostBytes} bytes`)
  }
  return text
}

function readChange(text: string): StateChange {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Error('the body is no JSON: send { "action": "setup", "state": "…", "params": {} }')
  }
  if (!isRecord(body)) throw new Error('the body is no object: send { "action": "setup", "state": "…", "params": {} }')
  const { action = 'setup', state, params } = body
  if (action !== 'setup' && action !== 'teardown') throw new Error('the action is neither "setup" nor "teardown"')
  if (typeof state !== 'string') throw new Error('the state is no text')
  return { action, name: state, params: isRecord(params) ? (params as Record<string, Json>) : {} }
}
