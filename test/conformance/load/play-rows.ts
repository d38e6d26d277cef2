import { join } from 'node:path'
import { compileContracts } from '../../../src/contract/compile.ts'
import type { PlayerLoad } from '../../../src/load/driver/player.ts'
import type { Evidence, LoadSummary, LoadTick, Stage } from '../../../src/load/workload.ts'
import { plays, type Recorded } from '../../load/plays.ts'
import { timeoutMs } from './endings.ts'
import { type Place, placeOf } from './places.ts'
import type { Row } from './row.ts'
import { rows } from './rows.ts'
import contract from './rows.contract.ts'

const file = join(import.meta.dirname, 'rows.contract.ts')
const { terms } = compileContracts([{ file, contract }])
const rate = 100
export const firstSequence = 1_000

/** What a driver made of a row. */
export interface Played extends Place {
  samples: Recorded[]
  evidence: Evidence[]
}

export interface PlayedRows {
  of(row: Row): Played
  arrivals: number
  stages: readonly Stage[]
  startedAt: number
  summary: LoadSummary
  ticks: LoadTick[]
  /** In the order of their sequence. */
  samples: Recorded[]
}

/** Plays all rows in one play, one stage for each: nobody waits for an answer before the next row begins. */
export async function playRows(driver: (settings: { log: string }) => PlayerLoad): Promise<PlayedRows> {
  await using stack = new AsyncDisposableStack()
  const places = new Map(await Promise.all(rows.map(async (row) => [row, await placeOf(row, stack)] as const)))
  const placed = (row: Row) => places.get(row) ?? { base: '', received: [] }
  const stages = rows.map((row) => ({
    rate,
    forMs: (row.arrivals * 1_000) / rate,
    weights: { [idOf(row)]: 1 },
  }))
  const load = stack.use(
    await plays(
      { stages, interactions: rows.map((row) => orderOf(row, placed(row))), timeoutMs, firstSequence },
      driver,
      { files: [file], hash: terms.hash },
    ),
  )
  const play = await load.play()
  const summary = await play.done
  const samples = load.samples().toSorted((a, b) => a.sequence - b.sequence)
  const evidence = load.evidence()
  return {
    of(row) {
      const ofRow = ({ interaction }: { interaction: number }) => interaction === idOf(row)
      return { samples: samples.filter(ofRow), evidence: evidence.filter(ofRow), ...placed(row) }
    },
    arrivals: rows.reduce((sum, { arrivals }) => sum + arrivals, 0),
    stages,
    startedAt: play.startedAt,
    summary,
    ticks: load.ticks,
    samples,
  }
}

function idOf(row: Row): number {
  return terms.interactions.findIndex(({ name }) => name === row.name)
}

function orderOf(row: Row, { base }: Place) {
  const id = idOf(row)
  const { request = { method: 'GET', path: '/' }, rows: values = [{}] } = row.interaction
  return { id, key: terms.interactions[id]?.key ?? '', weight: 1, base, request, rows: values }
}
