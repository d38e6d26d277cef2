import { once } from 'node:events'
import { type Socket, connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'

const sleepingListener = `
  const { createServer } = require('node:net')
  const { parentPort } = require('node:worker_threads')
  const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50)
  })
`

/** A black hole that ends with the test. */
export async function startBlackHole(): Promise<number> {
  const hole = await blackHole()
  onTestFinished(() => hole[Symbol.asyncDispose]())
  return hole.port
}

/** A port of which dialling never comes back: a listener that sleeps, its backlog full, so that the kernel is silent. */
export async function blackHole(): Promise<{ port: number } & AsyncDisposable> {
  const worker = new Worker(sleepingListener, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  const filling: Socket[] = []
  const close = async () => {
    for (const socket of filling) socket.destroy()
    await worker.terminate()
  }
  await new Promise((resolve) => setTimeout(resolve, 150))
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    filling.push(socket)
    const answered = await Promise.race([
      once(socket, 'connect').then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, 300, false)),
    ])
    if (!answered) return { port, [Symbol.asyncDispose]: close }
  }
}
