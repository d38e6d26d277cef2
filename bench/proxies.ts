import { startProgram } from '../src/core/start-program.ts'
import { neededPart } from './measure/needed-part.ts'
import { cpuMsOf } from './measure/processes.ts'
import { roundsOr } from './measure/rounds.ts'
import { drainMs, echoTimes } from './proxies/client.ts'
import { getFromFifty, startRedis } from './proxies/redis.ts'
import { type Proxy, startEmbedded, startReal } from './proxies/start.ts'
import { type Beside, type Figures, quantile, spread } from './report/figures.ts'

const rounds = roundsOr(5)
const echoes = 20_000
const gets = 100_000
const gibibyte = 2 ** 30

const ways = ['direct', 'embedded', 'real'] as const
type Way = (typeof ways)[number]

/** What is measured in one round, on one way. */
interface Round {
  echoP50: number
  echoP99: number
  getsPerSecond: number
  getP50: number
  getP99: number
  getCpu: number
  oneWayMiBPerSecond: number
  oneWayCpu: number
}

interface Ports {
  echo: number
  source: number
  redis: number
}

/** The embedded Toxiproxy beside the real one, and the way without either: three ways in turn, round by round. */
export async function bench(): Promise<Figures> {
  const [toxiproxy, redisServer] = [await neededPart('toxiproxy-server'), await neededPart('redis-server')]
  await using stack = new AsyncDisposableStack()
  const kept = <Started extends { stop(): Promise<unknown> }>(started: Started) =>
    stack.adopt(started, async ({ stop }) => void (await stop()))

  const upstream = kept(
    await startProgram('upstream', new URL('./proxies/upstream.ts', import.meta.url), { sourceBytes: gibibyte }),
  )
  const redis = kept(await startRedis(redisServer.file))
  const direct: Ports = { ...(upstream.info as Pick<Ports, 'echo' | 'source'>), redis: redis.port }
  const proxies = { embedded: kept(await startEmbedded()), real: kept(await startReal(toxiproxy.file)) }
  const ports = { direct, embedded: await through(proxies.embedded, direct), real: await through(proxies.real, direct) }

  const measured: Record<Way, Round[]> = { direct: [], embedded: [], real: [] }
  for (const way of ways) await echoTimes(ports[way].echo, echoes / 4)
  for (let round = 0; round < rounds; round++) {
    // Each is first as often as the others.
    const inTurn = ways.map((_, index) => ways[(index + round) % ways.length] as Way)
    for (const way of inTurn) measured[way].push(await measure(ports[way], way === 'direct' ? null : proxies[way].pid))
  }
  return {
    name: 'Toxiproxy without toxics',
    rounds,
    between: ['embedded', 'real'],
    versions: { Toxiproxy: toxiproxy.version, 'redis-server': redisServer.version },
    figures: figuresOf(measured),
  }
}

async function measure({ echo, source, redis }: Ports, proxy: number | null): Promise<Round> {
  const cpuMs = () => (proxy === null ? 0 : cpuMsOf(proxy))
  const times = await echoTimes(echo, echoes)
  const beforeGets = cpuMs()
  const asked = await getFromFifty(redis, gets)
  const beforeDrain = cpuMs()
  const ms = await drainMs(source, gibibyte)
  return {
    echoP50: quantile(times, 0.5),
    echoP99: quantile(times, 0.99),
    getsPerSecond: asked.perSecond,
    getP50: asked.p50Ms * 1_000,
    getP99: asked.p99Ms * 1_000,
    getCpu: ((beforeDrain - beforeGets) / gets) * 100,
    oneWayMiBPerSecond: gibibyte / 2 ** 20 / (ms / 1_000),
    oneWayCpu: (cpuMs() - beforeDrain) / 1_000,
  }
}

function figuresOf(measured: Record<Way, Round[]>): Figures['figures'] {
  const of = (what: keyof Round, way: Way) => measured[way].map((round) => round[what])
  const both = (what: keyof Round): Beside => ({ ours: of(what, 'embedded'), peer: of(what, 'real') })
  /** Less what the same round took without a proxy. */
  const added = (what: keyof Round): Beside => {
    const less = (way: Way) => of(what, way).map((value, round) => value - (measured.direct[round]?.[what] ?? 0))
    return { ours: less('embedded'), peer: less('real') }
  }
  return {
    'echo of 64 bytes: added to p50, µs': added('echoP50'),
    'echo of 64 bytes: added to p99, µs': added('echoP99'),
    'Redis GET, 50 connections: requests/s': both('getsPerSecond'),
    'Redis GET, 50 connections: added to p50, µs': added('getP50'),
    'Redis GET, 50 connections: added to p99, µs': added('getP99'),
    'Redis GET: CPU s per 100,000 requests': both('getCpu'),
    '1 GiB one way: MiB/s': both('oneWayMiBPerSecond'),
    '1 GiB one way: CPU s': both('oneWayCpu'),
    'without a proxy: echo p50, µs': spread(of('echoP50', 'direct')),
    'without a proxy: Redis GET, requests/s': spread(of('getsPerSecond', 'direct')),
    'without a proxy: 1 GiB one way, MiB/s': spread(of('oneWayMiBPerSecond', 'direct')),
  }
}

async function through(proxy: Proxy, { echo, source, redis }: Ports): Promise<Ports> {
  return { echo: await proxy.open(echo), source: await proxy.open(source), redis: await proxy.open(redis) }
}

if (process.argv[1] === import.meta.filename) console.log(await bench())
