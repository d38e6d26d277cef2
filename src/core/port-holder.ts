import { commandOf, openFiles, processIds, textOf } from './proc.ts'

/** A process that listens on a port. */
export interface PortHolder {
  pid: number
  command: string
}

/** Who listens on a TCP port, as far as /proc lets us see: `undefined` for processes of others and where there is no /proc. */
export function portHolder(port: number): PortHolder | undefined {
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)))
  if (sockets.size === 0) return undefined
  const pid = processIds().find((each) => openFiles(each).some((file) => sockets.has(file)))
  return pid === undefined ? undefined : { pid, command: commandOf(pid) }
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
