import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PlayedGate, playGate } from './gate/play.ts'
import { neededPart } from './measure/needed-part.ts'
import { roundsOr } from './measure/rounds.ts'
import type { Figures } from './report/figures.ts'

const rounds = roundsOr(2)
const sets = ['local', 'embedded'] as const

/** The whole gate on the photo shop with the real tools beside the same on the embedded engines. */
export async function bench(): Promise<Figures> {
  const [k6, toxiproxy] = [await neededPart('k6'), await neededPart('toxiproxy-server')]
  const played: Record<(typeof sets)[number], PlayedGate[]> = { local: [], embedded: [] }
  for (let round = 0; round < rounds; round++)
    for (const engines of round % 2 === 0 ? sets : sets.toReversed()) played[engines].push(await play(engines))
  const both = (of: (gate: PlayedGate) => number) => ({ ours: played.local.map(of), peer: played.embedded.map(of) })
  return {
    name: 'gate on the photo shop, by engines',
    between: sets,
    rounds,
    versions: { k6: k6.version, Toxiproxy: toxiproxy.version },
    figures: {
      'wall time, s (target: ratio at most 1.3)': both(({ wallMs }) => wallMs / 1_000),
      'runner: memory at its peak, MB': both(({ memory }) => memory.peakMB),
      'exit codes': sets.map((set) => `${set} ${played[set].map(({ code }) => code).join(' ')}`).join(', '),
    },
  }
}

async function play(engines: string): Promise<PlayedGate> {
  const home = mkdtempSync(join(tmpdir(), 'brownout-bench-'))
  try {
    return await playGate(home, '--engines', engines, '--seed', '7')
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

if (process.argv[1] === import.meta.filename) console.log(await bench())
