import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** What /proc lets us see. Processes end while we look, others do not let us, and not every system has it: then nothing. */
export function processIds(): number[] {
  return namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

/** A process as the kernel counts it. */
export interface ProcessStat {
  pid: number
  /** `R`, `S`, `T` (it stands still), `Z` (it ended, and nobody has buried it), … */
  state: string
  parent: number
  /** When it started, in ticks since boot. */
  startTicks: string
  /** CPU time of its own, ms; counted in steps of 10. */
  cpuMs: number
  /** That of its children which have ended, and of theirs: nobody else tells of them. */
  endedMs: number
}

/** Linux counts in hundredths of a second for whoever reads it. */
export const msPerTick = 10

/** `null` when it is gone. */
export function statOf(pid: number): ProcessStat | null {
  const stat = textOf(`/proc/${pid}/stat`)
  if (stat === '') return null
  // The second field is the command in brackets and may hold anything; fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const msOf = (...places: number[]) => places.reduce((sum, place) => sum + Number(fields[place]) * msPerTick, 0)
  return {
    pid,
    state: fields[0] ?? '',
    parent: Number(fields[1]),
    startTicks: fields[19] ?? '',
    cpuMs: msOf(11, 12),
    endedMs: msOf(13, 14),
  }
}

/** A process and all that it started, as far as it lives. Reads of every process on the machine: a few ms. */
export function processTree(root: number): ProcessStat[] {
  const all = processIds().flatMap((pid) => statOf(pid) ?? [])
  const tree = all.filter(({ pid }) => pid === root)
  // It grows while it is walked.
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid))
  return tree
}

/** What each of a process's open files leads to. */
export function openFiles(pid: number): string[] {
  return namesIn(`/proc/${pid}/fd`).map((fd) => openFile(pid, fd))
}

/** What one of them leads to, by its number; `''` when there is none. */
export function openFile(pid: number, fd: number | string): string {
  return orElse('', () => readlinkSync(`/proc/${pid}/fd/${fd}`))
}

export function commandOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`).split('\0').filter(Boolean).join(' ')
}

export function textOf(path: string): string {
  return orElse('', () => readFileSync(path, 'utf8'))
}

function namesIn(folder: string): string[] {
  return orElse([], () => readdirSync(folder))
}

function orElse<Value>(otherwise: Value, read: () => Value): Value {
  try {
    return read()
  } catch {
    return otherwise
  }
}
