import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileContracts } from '../../src/contract/compile.ts'
import { virtualUsers } from '../../src/load/driver/k6/order-file.ts'
import { transportErrors } from '../../src/load/sample.ts'
import { plays, type Recorded } from '../load/plays.ts'
import { type Received, roughServer, type RoughServer, whole } from '../load/rough-server.ts'
import { driverNames, drivers, type DriverName } from './load/drivers.ts'
import contract from './load/reuse.contract.ts'

const file = join(import.meta.dirname, 'load/reuse.contract.ts')
const { terms } = compileContracts([{ file, contract }])

type Name = keyof typeof contract.interactions & string
type Answer = Parameters<typeof roughServer>[0]

/** Half of the connections end with a FIN, half with an RST. */
const closesAtNext: Answer = (socket, { turn, connection }) => {
  if (turn === 1) socket.write(whole(''))
  else if (connection % 2) socket.end()
  else socket.resetAndDestroy()
}

const servers: Record<Name, Answer> = {
  'never closes': (socket) => socket.write(whole('')),
  'closes at the next GET': closesAtNext,
  'closes at the next POST': closesAtNext,
  // Some servers say why, though nobody asked.
  closes(socket, { connection }) {
    socket.write(whole(''))
    setTimeout(() => socket.end(connection % 2 ? '' : whole('', { status: 408 })), 3)
  },
}
const names = Object.keys(servers) as Name[]

const timeoutMs = 600

/** k6 uses its virtual users in turn, each with connections of its own: it takes so many until one is used again. */
function paceOf(driver: DriverName): { rate: number; arrivals: number } {
  if (driver === 'embedded') return { rate: 25, arrivals: 12 }
  const rate = 200
  return {
    rate,
    arrivals:
      40 +
      virtualUsers({
        stages: [{ rate, forMs: 1_000 }],
        timeoutMs,
        interactions: [],
        seed: 1,
        run: '',
        firstSequence: 1,
      }),
  }
}

interface Played {
  server: RoughServer
  samples: Recorded[]
}

/** All servers in one play, one after the other; the servers are closed with the stack. */
async function playAll(driver: DriverName, stack: AsyncDisposableStack): Promise<Map<string, Played>> {
  const { rate, arrivals } = paceOf(driver)
  const opened = await Promise.all(names.map(async (name) => stack.use(await roughServer(servers[name] as Answer))))
  const idOf = (name: string) => terms.interactions.findIndex((one) => one.name === name)
  const interactions = names.map((name, index) => ({
    id: idOf(name),
    key: terms.interactions[idOf(name)]?.key ?? '',
    weight: 1,
    base: opened[index]?.base ?? '',
    request: contract.interactions[name]?.request ?? { method: 'GET', path: '/' },
    rows: [{}],
  }))
  const stages = interactions.map(({ id }) => ({ rate, forMs: (arrivals * 1_000) / rate, weights: { [id]: 1 } }))
  const contracts = { files: [file], hash: terms.hash }
  await using load = await plays({ stages, interactions, timeoutMs }, drivers[driver], contracts)
  await (
    await load.play()
  ).done
  const samplesOf = (name: string) => load.samples().filter(({ interaction }) => interaction === idOf(name))
  return new Map(names.map((name, index) => [name, { server: opened[index] as RoughServer, samples: samplesOf(name) }]))
}

const timedOut = ({ samples }: Played) => samples.some(({ error }) => transportErrors[error] === 'timeout')

describe.each(driverNames)('%s', (driver) => {
  const { arrivals } = paceOf(driver)
  const stack = new AsyncDisposableStack()
  let played = new Map<string, Played>()
  beforeAll(async () => {
    // All servers answer at once: where something timed out, the machine stood still, and is asked again.
    for (let turn = 0; turn < 3; turn += 1) {
      played = await playAll(driver, stack)
      if (![...played.values()].some(timedOut)) return
    }
  }, 150_000)
  afterAll(() => stack.disposeAsync())

  /** Each arrival with what became of it, and the turns it had on connections. */
  const arrivalsAt = (name: Name) => {
    const { server, samples } = played.get(name) ?? { server: { received: [] as Received[] }, samples: [] }
    const byId = Map.groupBy(server.received, ({ headers }) => headers['x-request-id'])
    return samples.map(({ sequence, error, status, took }) => ({
      turns: byId.get(`run-${sequence}`)?.map(({ turn }) => turn) ?? [],
      error: transportErrors[error],
      status,
      took,
    }))
  }

  test('a connection is kept and used again', () => {
    const all = arrivalsAt('never closes')
    expect(all.length).toBe(arrivals)
    expect(all.every(({ error, turns }) => error === 'none' && turns.length === 1)).toBe(true)
    expect(played.get('never closes')?.server.connections).toBeLessThan(arrivals)
    expect(all.some(({ turns }) => turns[0] === 2)).toBe(true)
  })

  test('a GET that meets the end of a kept connection is sent once more, on a fresh one', () => {
    const all = arrivalsAt('closes at the next GET')
    expect(all.length).toBe(arrivals)
    for (const { turns, error } of all) {
      expect(error).toBe('none')
      expect([[1], [2, 1]]).toContainEqual(turns)
    }
    expect(all.some(({ turns }) => turns.length === 2)).toBe(true)
  })

  test('a POST that does is not: nobody knows whether it was carried out', () => {
    const all = arrivalsAt('closes at the next POST')
    expect(all.length).toBe(arrivals)
    const outcomes = [
      { turns: [1], error: 'none' },
      { turns: [2], error: 'closed' },
      { turns: [2], error: 'reset' },
    ]
    for (const { turns, error } of all) expect(outcomes).toContainEqual({ turns, error })
    for (const kind of ['none', 'closed', 'reset']) expect(all.map(({ error }) => error)).toContain(kind)
  })

  test('a connection that was closed while nobody used it costs nothing', () => {
    const all = arrivalsAt('closes')
    expect(all.length).toBe(arrivals)
    // On a busy machine the end may come when the connection is used again already: then that is the row above.
    const unused = all.filter(({ turns }) => turns[0] === 1)
    expect(unused.length).toBeGreaterThan(arrivals / 2)
    for (const { error, status, turns } of unused) expect([error, status, turns]).toEqual(['none', 200, [1]])
  })
})
