import { join } from 'node:path'
import { compileContracts } from '../../src/contract/compile.ts'
import { anchorNow } from '../../src/core/clock.ts'
import { embeddedLoad } from '../../src/load/driver/embedded.ts'
import type { PlayerLoad, PlayerPlay } from '../../src/load/driver/player.ts'
import { readEvidence } from '../../src/load/evidence-file.ts'
import { readSamples } from '../../src/load/samples-file.ts'
import type { LoadOrder, LoadTick, Workload } from '../../src/load/workload.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import contract from './fixtures/article.contract.ts'

const file = join(import.meta.dirname, 'fixtures/article.contract.ts')
export const { terms } = compileContracts([{ file, contract }])

export interface Recorded {
  sequence: number
  sentAt: number
  took: number
  late: number
  keeps: number
  interaction: number
  status: number
  error: number
}

/** Plays of a reader's contract with files in a folder of their own. */
export interface Plays extends AsyncDisposable {
  order: LoadOrder
  ticks: LoadTick[]
  play(): Promise<PlayerPlay>
  samples(): Recorded[]
  evidence: () => ReturnType<typeof readEvidence>
  close(): Promise<void>
}

/** One interaction with its part of the mix; requests are those of the contract. */
export function interaction(
  name: keyof typeof contract.interactions,
  base: string,
  rows = [{ id: 1 }] as Row[],
  weight = 1,
) {
  const found = terms.interactions.find((one) => one.name === name)
  const definition = contract.interactions[name]
  if (!found || !definition) throw new Error(`no interaction ${name}`)
  return { id: found.id, key: found.key, weight, base, request: definition.request, rows }
}
type Row = Record<string, string | number>

/** The numbers of so many arrivals. */
export const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index)

/** By the embedded generator and that contract, unless said otherwise. */
export async function plays(
  workload: Pick<Workload, 'stages' | 'interactions'> & Partial<Workload>,
  load: (settings: { log: string }) => PlayerLoad = embeddedLoad,
  contracts: LoadOrder['contracts'] = { files: [file], hash: terms.hash },
): Promise<Plays> {
  const folder = await temporaryFolder()
  const into = { samples: join(folder.path, 'samples.bin'), evidence: join(folder.path, 'evidence.jsonl') }
  const log = join(folder.path, 'load.log')
  const ticks: LoadTick[] = []
  const started: PlayerPlay[] = []
  const driver = load({ log })
  const order: LoadOrder = {
    workload: { timeoutMs: 5_000, seed: 1, run: 'run', firstSequence: 1, ...workload },
    clock: anchorNow(),
    contracts,
    redact: [],
    into,
  }
  return {
    order,
    ticks,
    async play() {
      const play = await driver.play(order, (tick) => ticks.push(tick))
      started.push(play)
      return play
    },
    samples() {
      const table = readSamples(into.samples)
      return Array.from({ length: table.length }, (_, index) => ({
        sequence: table.sequence(index),
        sentAt: table.sentAt(index),
        took: table.took(index),
        late: table.late(index),
        keeps: table.keeps(index),
        interaction: table.interaction(index),
        status: table.status(index),
        error: table.error(index),
      }))
    },
    evidence: () => readEvidence(into.evidence),
    close: () => driver.close(),
    async [Symbol.asyncDispose]() {
      for (const play of started) await play[Symbol.asyncDispose]()
      await driver.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}
