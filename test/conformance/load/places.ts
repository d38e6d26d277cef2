import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { blackHole } from '../../toxiproxy/black-hole.ts'
import { type Received, roughServer, whole } from '../../load/rough-server.ts'
import type { Row } from './row.ts'

/** Where a row's requests go: a server of its own, so that rows do not meet on a connection. */
export interface Place {
  base: string
  received: readonly Received[]
}

export async function placeOf({ nowhere, answer }: Row, stack: AsyncDisposableStack): Promise<Place> {
  if (!nowhere) return stack.use(await roughServer(answer))
  return { base: await nowheres[nowhere](stack), received: [] }
}

const nowheres: Record<NonNullable<Row['nowhere']>, (stack: AsyncDisposableStack) => Promise<string>> = {
  refused: () => refusing(),
  'never accepts': async (stack) => `http://127.0.0.1:${stack.use(await blackHole()).port}`,
  'no such name': async () => 'http://nobody.invalid',
  'closed when accepted': (stack) => accepting((socket) => socket.destroy(), stack),
  'reset when accepted': (stack) => accepting((socket) => socket.resetAndDestroy(), stack),
  'reset at the first bytes': (stack) =>
    accepting((socket) => socket.once('data', () => socket.resetAndDestroy()), stack),
  'answered at the first bytes': (stack) =>
    accepting((socket) => socket.once('data', () => socket.write(tooLong)).resume(), stack),
}

/** Whoever answers before he has read the question does not listen to another on that connection. */
const tooLong = whole('', { status: 413, headers: { connection: 'close' } })

async function refusing(): Promise<string> {
  await using stack = new AsyncDisposableStack()
  return await accepting(() => undefined, stack)
}

async function accepting(onConnection: (socket: Socket) => void, stack: AsyncDisposableStack): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    onConnection(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stack.defer(async () => {
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
