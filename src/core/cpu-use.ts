import { msPerTick, processTree, textOf } from './proc.ts'

/** CPU time since the machine began, ms; all only ever grow. */
export interface CpuReading {
  /** All there was, of all cores together. */
  there: number
  /** What somebody used, or what the machine's host gave to another. */
  used: number
  /** What this process and all that it started used, those that have ended among them. */
  own: number
}

/** `null` where there is no /proc to tell. Costs what `processTree` does. */
export function readCpu(): CpuReading | null {
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, hard = 0, soft = 0, stolen = 0] = textOf('/proc/stat')
    .split('\n', 1)
    .flatMap((line) => line.split(/\s+/).slice(1).map(Number))
  const used = (user + nice + system + hard + soft + stolen) * msPerTick
  const there = used + (idle + waiting) * msPerTick
  const own = processTree(process.pid).reduce((sum, { cpuMs, endedMs }) => sum + cpuMs + endedMs, 0)
  return there > 0 ? { there, used, own } : null
}
