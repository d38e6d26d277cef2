import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Path of a program on this machine's PATH, or `null`. */
export function findExecutable(name: string, path = process.env['PATH'] ?? ''): string | null {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // not here
    }
  }
  return null
}
