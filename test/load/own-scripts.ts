import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { compileContracts } from '../../src/contract/compile.ts'
import { anchorNow } from '../../src/core/clock.ts'
import { scriptReader } from '../../src/load/driver/k6/own/inspect.ts'
import { readEvidence } from '../../src/load/evidence-file.ts'
import type { SampleTable } from '../../src/load/sample.ts'
import { readSamples } from '../../src/load/samples-file.ts'
import type { Evidence, LoadOrder, LoadSummary } from '../../src/load/workload.ts'
import type { PlayerPlay } from '../../src/load/driver/player.ts'
import contract from '../fixtures/tiny/contracts/reader--front.contract.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { byK6, k6File } from './k6-plays.ts'

export const scripts = join(import.meta.dirname, '../fixtures/scripts/k6')
const file = join(import.meta.dirname, '../fixtures/tiny/contracts/reader--front.contract.ts')
const { terms } = compileContracts([{ file, contract }])
export const read = scriptReader(k6File)

export interface OwnPlay {
  folder: string
  play: PlayerPlay
  samples(): SampleTable
  evidence(): Evidence[]
}

/** Has k6 play a script against `base`, and hands the play over; k6 and all files are gone afterwards. */
export async function playScript<Result>(
  script: { file: string; env?: Record<string, string>; thresholds?: boolean; timeoutMs?: number },
  base: string,
  use: (own: OwnPlay) => Promise<Result>,
): Promise<Result> {
  await using temporary = await temporaryFolder()
  // A name that has to be quoted everywhere.
  const folder = join(temporary.path, 'a "run" of ours')
  mkdirSync(folder)
  const env = { BASE_URL: base, ...script.env }
  const { sendsMs, endsMs, virtualUsers } = await read({ file: script.file, env })
  const into = { samples: join(folder, 'samples.bin'), evidence: join(folder, 'evidence.jsonl') }
  const interactions = terms.interactions.map(({ id, key }) => ({
    id,
    key,
    weight: 1,
    base,
    request: { method: 'GET' as const, path: '/page' },
    rows: [{}],
  }))
  const order: LoadOrder = {
    workload: { stages: [], interactions, timeoutMs: script.timeoutMs ?? 1_000, seed: 1, run: 'run', firstSequence: 7 },
    script: { file: script.file, env, thresholds: script.thresholds ?? true, lengthMs: sendsMs, endsMs, virtualUsers },
    clock: anchorNow(),
    contracts: { files: [file], hash: terms.hash },
    redact: [],
    into,
  }
  const driver = byK6({ log: join(folder, 'load.log') })
  try {
    await using play = await driver.play(order, () => undefined)
    return await use({
      folder,
      play,
      samples: () => readSamples(into.samples),
      evidence: () => readEvidence(into.evidence),
    })
  } finally {
    await driver.close()
  }
}

/** Plays a script to its own end. */
export function playToEnd(
  script: Parameters<typeof playScript>[0],
  base: string,
): Promise<{ summary: LoadSummary; samples: SampleTable; evidence: Evidence[] }> {
  return playScript(script, base, async ({ play, samples, evidence }) => {
    const summary = await play.done
    return { summary, samples: samples(), evidence: evidence() }
  })
}
