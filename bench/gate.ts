import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunRecord } from '../src/record/record.ts'

/** The whole gate on the photo shop beside the time its phases were planned to take; target 1.10. */
export async function bench(): Promise<{ name: string; figures: Record<string, number | string> }> {
  const home = mkdtempSync(join(tmpdir(), 'brownout-bench-'))
  const bin = join(import.meta.dirname, '../bin/brownout.js')
  const plan = spawnSync(process.execPath, [bin, 'plan', '--json'], { encoding: 'utf8' })
  const { totalMs } = JSON.parse(plan.stdout) as { totalMs: number }
  const startedAt = performance.now()
  const gate = spawnSync(process.execPath, [bin, 'gate', '--home', home], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  const wallMs = performance.now() - startedAt
  const [run] = readdirSync(join(home, 'runs'))
  const record = JSON.parse(readFileSync(join(home, 'runs', run as string, 'run.json'), 'utf8')) as RunRecord
  rmSync(home, { recursive: true, force: true })
  return {
    name: 'gate on the photo shop',
    figures: {
      'exit code': String(gate.status),
      'planned phases, s': round(totalMs / 1_000),
      'wall time, s': round(wallMs / 1_000),
      'wall ÷ planned': round(wallMs / totalMs),
      'shop ready, s': Number(
        /ready in ([\d.]+) s/.exec(gate.stdout)?.[1] ?? Number(/ready in (\d+) ms/.exec(gate.stdout)?.[1]) / 1_000,
      ),
      'scenarios played': record.scenarios.length,
    },
  }
}

const round = (value: number) => Number(value.toFixed(2))

if (process.argv[1] === import.meta.filename) console.log(await bench())
