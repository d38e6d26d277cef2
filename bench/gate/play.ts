import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const bin = join(import.meta.dirname, '../../bin/brownout.js')
const lookEveryMs = 100

export interface PlayedGate {
  code: number
  /** What it printed on standard output. */
  output: string
  wallMs: number
  /** Resident memory of the runner. */
  memory: { atEndMB: number; peakMB: number }
}

/** The whole gate on the photo shop, as a process of its own whose memory is watched. */
export async function playGate(home: string, ...args: readonly string[]): Promise<PlayedGate> {
  const startedAt = performance.now()
  const gate = spawn(process.execPath, [bin, 'gate', '--home', home, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let output = ''
  gate.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  let memory = { atEndMB: 0, peakMB: 0 }
  const looking = setInterval(() => (memory = memoryOf(gate.pid as number) ?? memory), lookEveryMs)
  const [code] = (await once(gate, 'close')) as [number | null]
  clearInterval(looking)
  return { code: code ?? -1, output, wallMs: performance.now() - startedAt, memory }
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
