import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { freePorts } from '../../src/core/ports.ts'

export interface Asked {
  perSecond: number
  p50Ms: number
  p99Ms: number
}

export async function startRedis(file: string): Promise<{ port: number; stop(): Promise<void> }> {
  const [port = 0] = await freePorts(1)
  const options = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', '/']
  const redis = spawn(file, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const chunk of redis.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false }))
    if (String(chunk).includes('Ready to accept')) break
  redis.stdout.resume()
  // The key that redis-benchmark asks for when it is not told to vary it.
  await benchmark(port, ['-t', 'set', '-n', '1', '-d', '64'])
  return {
    port,
    async stop() {
      const exited = once(redis, 'exit')
      redis.kill('SIGTERM')
      await exited
    },
  }
}

/** GETs of 64 bytes from fifty connections, each asking as soon as it was answered; Redis' own `redis-benchmark`. */
export async function getFromFifty(port: number, count: number): Promise<Asked> {
  const csv = await benchmark(port, ['-t', 'get', '-n', String(count), '-c', '50', '--csv'])
  const [head = [], line = []] = csv
    .trim()
    .split('\n')
    .map((each) => each.replaceAll('"', '').split(','))
  const column = (name: string) => Number(line[head.indexOf(name)])
  const asked = {
    perSecond: column('rps'),
    p50Ms: column('p50_latency_ms'),
    p99Ms: column('p99_latency_ms'),
  }
  if (Object.values(asked).some(Number.isNaN)) throw new Error(`redis-benchmark answered otherwise: ${csv}`)
  return asked
}

async function benchmark(port: number, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('redis-benchmark', ['-h', '127.0.0.1', '-p', String(port), ...args])
  return stdout
}
