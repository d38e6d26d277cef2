import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { startProgram } from '../src/core/start-program.ts'
import type { LoadDriver } from '../src/load/driver.ts'
import { embeddedLoad } from '../src/load/driver/embedded.ts'
import { readSamples } from '../src/load/samples-file.ts'
import type { LoadOrder } from '../src/load/workload.ts'
import { type Figures, quantile } from './report/figures.ts'
import { article, orderFor } from './load/order.ts'

const rate = 2_000
const seconds = 7

/** The embedded load, every response checked, beside autocannon at the same rate with and without the same schema. */
export async function bench(): Promise<Figures> {
  const server = await startProgram('server', new URL('./load/server.ts', import.meta.url), { delayMs: 0 })
  try {
    const base = server.info as string
    const ours = await playEmbedded(base)
    const peer = await playAutocannon(base)
    const checking = await playAutocannon(base, checkBody)
    return {
      name: `load: ${rate} responses/s of 1.5 kB for ${seconds} s, each checked`,
      figures: {
        ...ours,
        'autocannon: responses/s': peer.rate,
        'autocannon: CPU ms per 1,000 responses': peer.cpu,
        'autocannon + schema: CPU ms per 1,000 responses': checking.cpu,
        'CPU, ours ÷ autocannon': round(ours['CPU ms per 1,000 responses'] / peer.cpu),
        'CPU, ours ÷ autocannon + schema': round(ours['CPU ms per 1,000 responses'] / checking.cpu),
      },
    }
  } finally {
    await server.stop()
  }
}

async function playEmbedded(base: string) {
  const folder = await mkdtemp(join(tmpdir(), 'brownout-bench-'))
  const driver = embeddedLoad({ log: join(folder, 'load.log') })
  const asked = { base, folder, rate, seconds, timeoutMs: 1_000 }
  try {
    // The first play starts the process, and warms up the server for all that follow.
    const first = await play(driver, orderFor({ ...asked, seconds: 1 }))
    const { samples, summary, startMs } = await play(driver, orderFor(asked))
    const wallMs = summary.endedAt - summary.startedAt
    const all = Array.from({ length: samples.length }, (_, index) => index)
    const kept = all.filter((index) => samples.keeps(index) & 1).length
    if (kept !== rate * seconds) throw new Error(`${kept} of ${rate * seconds} responses kept the contract`)
    const took = all.map((index) => samples.took(index)).toSorted((a, b) => a - b)
    return {
      'responses/s': round((samples.length * 1_000) / wallMs),
      'p99 lateness, ms': round(summary.lateP99),
      'p99 took, ms': round(quantile(took, 0.99)),
      'CPU ms per 1,000 responses': round((summary.cpuMs * 1_000) / samples.length),
      'cores busy': round(summary.cpuMs / wallMs),
      'start of the first play, ms': Math.round(first.startMs),
      'start of the next play, ms': Math.round(startMs),
    }
  } finally {
    await driver.close()
    await rm(folder, { recursive: true })
  }
}

async function play(driver: LoadDriver, order: LoadOrder) {
  const asked = performance.now()
  const played = await driver.play(order, () => undefined)
  const startMs = performance.now() - asked
  const summary = await played.done
  return { samples: readSamples(order.into.samples), summary, startMs }
}

async function playAutocannon(base: string, verifyBody: autocannon.Options['verifyBody'] = () => true) {
  const before = process.cpuUsage()
  const result = await autocannon({
    url: `${base}/articles/1`,
    overallRate: rate,
    duration: seconds,
    connections: 20,
    verifyBody,
  })
  const { user, system } = process.cpuUsage(before)
  if (result.errors + result.mismatches + result.non2xx > 0) throw new Error('autocannon met errors')
  return {
    rate: round(result.requests.total / result.duration),
    cpu: round((user + system) / result.requests.total),
  }
}

function checkBody(body: unknown): boolean {
  const schema = article?.response.body
  const result = schema?.['~standard'].validate(JSON.parse(String(body)))
  return result !== undefined && 'value' in result
}

function round(value: number): number {
  return Number(value.toFixed(2))
}

if (process.argv[1] === import.meta.filename) console.log(await bench())
