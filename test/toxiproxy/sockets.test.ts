import { once } from 'node:events'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { resetSocket } from '../../src/toxiproxy/sockets.ts'
import { accept } from './accept.ts'

test.each([
  ['its own buffer', []],
  ['the chunks of the stream where there is no handle to take', [null]],
] as [string, [null?]][])('reads an accepted socket through %s', async (_how, without) => {
  const { socket, intake, peer } = await accept(...without)
  let heard = ''
  intake.take = (bytes) => {
    heard += bytes.toString('latin1')
    return true
  }
  socket.resume()
  const text = 'hello '.repeat(50_000)
  peer.socket.end(text)
  await once(socket, 'end')
  expect(heard).toBe(text)
  socket.end('bye')
  expect(await peer.next(3)).toBe('bye')
})

test('the server no longer counts a socket that was adopted', async () => {
  const { accepted, socket, server } = await accept()
  expect(socket).not.toBe(accepted)
  server.close()
  await once(server, 'close')
  expect(socket.destroyed).toBe(false)
})

test.each([
  ['idle', (_socket: Socket) => undefined],
  ['sending its FIN', (socket: Socket) => void socket.end()],
  ['ending behind data that nobody reads', (socket: Socket) => void socket.end(Buffer.alloc(64 * 1024 * 1024))],
])('a socket that is %s is reset and closed', async (_what, before) => {
  const { socket, peer } = await accept()
  peer.socket.pause()
  socket.on('error', () => undefined)
  before(socket)
  resetSocket(socket)
  await once(socket, 'close')
  expect(socket.destroyed).toBe(true)
})
