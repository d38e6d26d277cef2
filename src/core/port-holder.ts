import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A process that listens on a port. */
export interface PortHolder {
  pid: number
  command: string
}

/** Who listens on a TCP port, as far as /proc lets us see: `undefined` for processes of others and where there is no /proc. */
export function portHolder(port: number): PortHolder | undefined {
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)))
  if (sockets.size === 0) return undefined
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    const holds = list(`/proc/${pid}/fd`).some((fd) => sockets.has(linkOf(`/proc/${pid}/fd/${fd}`)))
    if (holds)
      return { pid: Number(pid), command: textOf(`/proc/${pid}/cmdline`).split('\0').filter(Boolean).join(' ') }
  }
  return undefined
}

/** `socket:[12345]` for each listening socket; columns: number, local address, remote address, state, …, inode. */
function listeningInodes(table: string, port: number): string[] {
  const listening = '0A'
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return textOf(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === listening)
    .map((columns) => `socket:[${columns[9]}]`)
}

function list(folder: string): string[] {
  return orElse([], () => readdirSync(folder))
}

function linkOf(path: string): string {
  return orElse('', () => readlinkSync(path))
}

function textOf(path: string): string {
  return orElse('', () => readFileSync(path, 'utf8'))
}

/** Processes end while we look, and others do not let us. */
function orElse<Value>(otherwise: Value, read: () => Value): Value {
  try {
    return read()
  } catch {
    return otherwise
  }
}
