import { join } from 'node:path'
import { compileContracts } from '../../src/contract/compile.ts'
import { anchorNow } from '../../src/core/clock.ts'
import type { LoadOrder } from '../../src/load/workload.ts'
import contract from './article.contract.ts'

const file = join(import.meta.dirname, 'article.contract.ts')
export const article = contract.interactions['read an article']

let orders = 0

export interface Asked {
  /** The server's address: `http://127.0.0.1:4100`. */
  base: string
  /** For samples and evidence. */
  folder: string
  /** Requests a second. */
  rate: number
  seconds: number
  timeoutMs: number
}

/** Articles at an even rate, each answer checked by the contract. */
export function orderFor({ base, folder, rate, seconds, timeoutMs }: Asked): LoadOrder {
  const { terms } = compileContracts([{ file, contract }])
  const [interaction] = terms.interactions
  if (!interaction || !article) throw new Error('the contract has no interaction')
  const { id, key } = interaction
  // A play appends to what is there.
  const order = ++orders
  return {
    workload: {
      stages: [{ rate, forMs: seconds * 1_000 }],
      interactions: [{ id, key, weight: 1, base, request: article.request, rows: [{ id: 1 }, { id: 2 }] }],
      timeoutMs,
      seed: 1,
      run: 'bench',
      firstSequence: 1,
    },
    clock: anchorNow(),
    contracts: { files: [file], hash: terms.hash },
    redact: [],
    into: { samples: join(folder, `${order}.bin`), evidence: join(folder, `${order}.jsonl`) },
  }
}
