import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** What /proc lets us see. Processes end while we look, others do not let us, and not every system has it: then nothing. */
export function processIds(): number[] {
  return namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
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
