import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from '../src/core/start-program.ts'
import { embeddedLoad } from '../src/load/driver/embedded.ts'
import { k6Load } from '../src/load/driver/k6.ts'
import type { PlayerLoad } from '../src/load/driver/player.ts'
import { costOf } from './generators/costs.ts'
import { highestRate } from './generators/highest-rate.ts'
import { neededPart } from './measure/needed-part.ts'
import { roundsOr } from './measure/rounds.ts'
import type { Beside, Figures } from './report/figures.ts'

const rounds = roundsOr(3)

/** What is measured in one round of one driver. */
interface Round {
  strictRate: number
  looseRate: number
  lateP99: number
  cpu: number
  startMs: number
  residentMB: number
}

interface Servers {
  /** Answers at once. */
  prompt: string
  /** Answers after a second: with 400 requests a second, 400 are in flight. */
  slow: string
}

/** The embedded generator beside k6, both as load drivers: what they deliver is checked and recorded by the same code. */
export async function bench(): Promise<Figures> {
  const k6 = await neededPart('k6')
  const folder = await mkdtemp(join(tmpdir(), 'brownout-bench-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(folder, { recursive: true }))
  const serve = async (delayMs: number) => {
    const server = await startProgram('server', new URL('./load/server.ts', import.meta.url), { delayMs })
    stack.defer(async () => void (await server.stop()))
    return server.info as string
  }
  const servers = { prompt: await serve(0), slow: await serve(1_000) }
  const log = join(folder, 'load.log')
  const ours: Round[] = []
  const peer: Round[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure(embeddedLoad({ log }), servers, folder))
    peer.push(await measure(k6Load({ log, ...k6 }), servers, folder))
  }
  return {
    name: 'load generators: articles of 1.5 kB, each answer checked',
    between: ['embedded', 'k6'],
    rounds,
    versions: { k6: k6.version },
    figures: figuresOf(ours, peer),
  }
}

/** The ladder comes last, and each round has processes of its own: a rate too high leaves a heap behind that stays large. */
async function measure(driver: PlayerLoad, { prompt, slow }: Servers, folder: string): Promise<Round> {
  await using stack = new AsyncDisposableStack()
  stack.defer(() => driver.close())
  const asked = { base: prompt, folder, timeoutMs: 250 }
  // To warm up.
  await costOf(driver, { ...asked, rate: 500, seconds: 2 })
  const short = await costOf(driver, { ...asked, rate: 500, seconds: 2 })
  const long = await costOf(driver, { ...asked, rate: 500, seconds: 10 })
  return {
    // What a play costs once, and not per response, is in both.
    cpu: ((long.cpuMs - short.cpuMs) / (long.responses - short.responses)) * 1_000,
    startMs: long.startMs,
    residentMB: await residentAt400(driver, slow, folder),
    lateP99: long.lateP99,
    strictRate: await highestRate(driver, { ...asked, seconds: 5 }, 2),
    looseRate: await highestRate(driver, { ...asked, seconds: 5 }, 10),
  }
}

/** Asked again when the machine stood still and they were fewer. */
async function residentAt400(driver: PlayerLoad, base: string, folder: string): Promise<number> {
  let few: number[] = []
  while (few.length < 3) {
    const asked = { base, folder, rate: 400, seconds: 5, timeoutMs: 1_250 }
    const { inFlight, residentMB } = await costOf(driver, asked)
    if (inFlight >= 380) return residentMB
    few = [...few, inFlight]
  }
  throw new Error(`Only ${few.join(', ')} requests were in flight with ${driver.name}.`)
}

function figuresOf(ours: readonly Round[], peer: readonly Round[]): Record<string, Beside> {
  const both = (what: keyof Round): Beside => ({
    ours: ours.map((round) => round[what]),
    peer: peer.map((round) => round[what]),
  })
  return {
    'highest rate with p99 lateness ≤ 2 ms, requests/s': both('strictRate'),
    'highest rate with p99 lateness ≤ 10 ms, requests/s': both('looseRate'),
    'at 500/s: p99 lateness, ms': both('lateP99'),
    'at 500/s: CPU ms per 1,000 responses': both('cpu'),
    'at 400 in flight: resident memory, MB': both('residentMB'),
    'from the order to the first request, ms': both('startMs'),
  }
}

if (process.argv[1] === import.meta.filename) console.log(await bench())
