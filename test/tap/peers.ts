import { once } from 'node:events'
import { type Socket, connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { host } from './sockets.ts'

/** Peers in a thread of their own, for what one event loop cannot play with itself. */

/** A port whose queue of connections is full: what dials it hangs. */
export async function listenWithoutAccepting(): Promise<{ port: number } & AsyncDisposable> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads')
     const server = require('node:net').createServer().listen({ host: '${host}', port: 0, backlog: 1 }, () => {
       parentPort.postMessage(server.address().port)
       setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
     })`,
    { eval: true },
  )
  const [port] = (await once(worker, 'message')) as [number]
  const fillers: Socket[] = []
  for (let isFull = false; !isFull;) {
    if (fillers.length > 20) throw new Error('the queue does not fill')
    const filler = connect({ host, port })
    filler.on('error', () => undefined)
    fillers.push(filler)
    isFull = await Promise.race([
      once(filler, 'connect').then(() => false),
      new Promise<true>((resolve) => setTimeout(resolve, 300, true)),
    ])
  }
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const filler of fillers) filler.destroy()
      await worker.terminate()
    },
  }
}

/**
 * A consumer that ends, then is reset, and whose provider answers just then, all while `play` holds this thread: a tap in
 * this thread meets the three at once, and asks for a reset while its own FIN to the provider is on its way.
 */
export async function endAndResetInOneGo(): Promise<
  { providerPort: number; play(tapPort: number): Promise<void> } & AsyncDisposable
> {
  const tapPortAt = 0
  const heldAt = 1
  const playedAt = 2
  const shared = new Int32Array(new SharedArrayBuffer(12))
  const worker = new Worker(
    `const { parentPort, workerData: shared } = require('node:worker_threads')
     const net = require('node:net')
     const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
     const server = net.createServer({ allowHalfOpen: true }, (provider) => {
       provider.on('error', () => undefined).once('data', async () => {
         parentPort.postMessage('asked')
         Atomics.wait(shared, ${heldAt}, 0)
         consumer.end()
         await pause(50)
         consumer.resetAndDestroy()
         provider.write('answer')
         await pause(50)
         Atomics.store(shared, ${playedAt}, 1)
         Atomics.notify(shared, ${playedAt})
       })
     })
     let consumer
     server.listen(0, '${host}', () => {
       parentPort.postMessage(server.address().port)
       Atomics.wait(shared, ${tapPortAt}, 0)
       const port = Atomics.load(shared, ${tapPortAt})
       consumer = net.connect({ host: '${host}', port, allowHalfOpen: true }, () => consumer.write('asked'))
       consumer.on('error', () => undefined)
     })`,
    { eval: true, workerData: shared },
  )
  const [providerPort] = (await once(worker, 'message')) as [number]
  const signal = (at: number, value: number) => {
    Atomics.store(shared, at, value)
    Atomics.notify(shared, at)
  }
  return {
    providerPort,
    async play(tapPort) {
      const asked = once(worker, 'message')
      signal(tapPortAt, tapPort)
      await asked
      signal(heldAt, 1)
      Atomics.wait(shared, playedAt, 0, 10_000)
    },
    [Symbol.asyncDispose]: async () => void (await worker.terminate()),
  }
}
