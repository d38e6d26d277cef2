import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunRecord } from '../src/record/record.ts'

const bin = join(import.meta.dirname, '../bin/brownout.js')
const lookEveryMs = 100

/** The whole gate on the photo shop: its time beside the time its phases were planned to take, and the runner's memory. */
export async function bench(): Promise<{ name: string; figures: Record<string, number | string> }> {
  const home = mkdtempSync(join(tmpdir(), 'brownout-bench-'))
  try {
    const plan = spawnSync(process.execPath, [bin, 'plan', '--seed', '7', '--json'], { encoding: 'utf8' })
    const { totalMs } = JSON.parse(plan.stdout) as { totalMs: number }
    const { code, output, wallMs, memory } = await playGate(home)
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

async function playGate(home: string) {
  const startedAt = performance.now()
  const gate = spawn(process.execPath, [bin, 'gate', '--seed', '7', '--home', home], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let output = ''
  gate.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  let memory = { atEndMB: 0, peakMB: 0 }
  const looking = setInterval(() => (memory = memoryOf(gate.pid as number) ?? memory), lookEveryMs)
  const [code] = (await once(gate, 'close')) as [number | null]
  clearInterval(looking)
  return { code, output, wallMs: performance.now() - startedAt, memory }
}

/** From /proc; `null` when the process has ended. */
function memoryOf(pid: number): { atEndMB: number; peakMB: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024)
    return status.includes('VmRSS') ? { atEndMB: megabytes('VmRSS'), peakMB: megabytes('VmHWM') } : null
  } catch {
    return null
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
