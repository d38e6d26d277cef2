import { processIds, textOf } from './proc.ts'

/** CPU time since the machine began, in ticks of the kernel; all only ever grow. */
export interface CpuReading {
  /** All there was, of all cores together. */
  there: number
  /** What somebody used, or what the machine's host gave to another. */
  used: number
  /** What this process and all that it started used, those that have ended among them. */
  own: number
}

/** `null` where there is no /proc to tell. Reads every process's times: a few ms. */
export function readCpu(): CpuReading | null {
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, hard = 0, soft = 0, stolen = 0] = textOf('/proc/stat')
    .split('\n', 1)
    .flatMap((line) => line.split(/\s+/).slice(1).map(Number))
  const used = user + nice + system + hard + soft + stolen
  const there = used + idle + waiting
  return there > 0 ? { there, used, own: ownTicks() } : null
}

function ownTicks(): number {
  const times = new Map(processIds().map((pid) => [pid, timesOf(pid)]))
  const isOurs = (pid: number | undefined): boolean =>
    pid === process.pid || (pid !== undefined && pid > 1 && isOurs(times.get(pid)?.parent))
  return [...times].reduce((sum, [pid, { ticks }]) => (isOurs(pid) ? sum + ticks : sum), 0)
}

/** Its own time and that of its children that have ended: of those nobody else tells. */
function timesOf(pid: number): { parent: number; ticks: number } {
  const stat = textOf(`/proc/${pid}/stat`)
  // The second field is the command in brackets and may hold anything; fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [, parent = 0] = fields.map(Number)
  return { parent, ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) }
}
