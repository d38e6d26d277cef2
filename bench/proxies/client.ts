import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const message = Buffer.alloc(64, 'x')

/** Sends 64 bytes and waits for them to come back, `count` times on one connection. Sorted, in µs. */
export async function echoTimes(port: number, count: number): Promise<Float64Array> {
  const socket = await dial(port)
  const times = new Float64Array(count)
  await new Promise<void>((resolve, reject) => {
    let [done, received, sentAt] = [0, 0, 0]
    const send = () => {
      sentAt = performance.now()
      socket.write(message)
    }
    socket.once('close', () => reject(new Error('the echo was cut off')))
    socket.on('data', ({ length }) => {
      received += length
      if (received < message.length) return
      received = 0
      times[done++] = (performance.now() - sentAt) * 1_000
      if (done === count) resolve()
      else send()
    })
    send()
  })
  socket.destroy()
  return times.toSorted()
}

/** Reads until the other side ends, ms. Rejects when it was not `bytes` that came. */
export async function drainMs(port: number, bytes: number): Promise<number> {
  const startedAt = performance.now()
  const socket = await dial(port)
  let received = 0
  socket.on('data', ({ length }) => (received += length))
  await once(socket, 'end')
  socket.destroy()
  if (received !== bytes) throw new Error(`${received} bytes of ${bytes} came`)
  return performance.now() - startedAt
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  return socket
}
