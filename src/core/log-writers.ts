import { realpathSync } from 'node:fs'
import { sep } from 'node:path'
import { commandOf, openFile, processIds } from './proc.ts'
import { identify, type ProcessIdentity } from './process-identity.ts'

/** A process whose standard output or error is a file. */
export interface LogWriter {
  identity: ProcessIdentity
  command: string
  /** Below the folder that was asked for: `20261121-084837-x7k2/logs/auth.log`. */
  file: string
}

/** Who writes its output to a file below `folder`, one that was deleted too, as far as /proc lets us see. */
export function logWriters(folder: string): LogWriter[] {
  const prefix = realFolder(folder) + sep
  return processIds().flatMap((pid) => {
    const file = [openFile(pid, 1), openFile(pid, 2)].find((path) => path.startsWith(prefix))
    if (file === undefined) return []
    return [{ identity: identify(pid), command: commandOf(pid), file: file.slice(prefix.length) }]
  })
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}
