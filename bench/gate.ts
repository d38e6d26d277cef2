import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, playGate } from './gate/play.ts'
import type { Figures } from './report/figures.ts'
import type { RunRecord } from '../src/record/record.ts'

/** The whole gate on the photo shop: its time beside the time its phases were planned to take, and the runner's memory. */
export async function bench(): Promise<Figures> {
  const home = mkdtempSync(join(tmpdir(), 'brownout-bench-'))
  try {
    const plan = spawnSync(process.execPath, [bin, 'plan', '--seed', '7', '--json'], { encoding: 'utf8' })
    const { totalMs } = JSON.parse(plan.stdout) as { totalMs: number }
    const { code, output, wallMs, memory } = await playGate(home, '--seed', '7')
    const record = JSON.parse(readFileSync(recordIn(home), 'utf8')) as RunRecord
    return {
      name: 'gate on the photo shop',
      figures: {
        'exit code': String(code),
        'scenarios played': record.scenarios.length,
        'shop ready, s': readySeconds(output),
        'planned phases, s': round(totalMs / 1_000),
        'wall time, s': round(wallMs / 1_000),
        'wall ÷ planned (target: at most 1.10)': round(wallMs / totalMs),
        'runner: memory at the end, MB (target: at most 200)': memory.atEndMB,
        'runner: memory at its peak, MB': memory.peakMB,
      },
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function recordIn(home: string): string {
  const [run] = readdirSync(join(home, 'runs'))
  return join(home, 'runs', run as string, 'run.json')
}

function readySeconds(output: string): number {
  const [, number, unit] = /ready in ([\d.]+) (m?s)/.exec(output) ?? []
  return Number(number) / (unit === 'ms' ? 1_000 : 1)
}

const round = (value: number) => Number(value.toFixed(2))

if (process.argv[1] === import.meta.filename) console.log(await bench())
