import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const chunkBytes = 64 * 1024

/**
 * The first `limit` lines of a service's log that speak of a request; its id must not go on with another digit, so that
 * `r-1` does not find `r-12`. None when there is no log.
 */
export function linesOf(logFile: string, requestId: string, limit = 50): string[] {
  const found: string[] = []
  for (const line of readLines(logFile)) {
    if (found.length >= limit) break
    if (mentions(line, requestId)) found.push(line)
  }
  return found
}

/** The last `count` lines of a log that say something, as far as they stand in its last 64 KiB. */
export function lastLines(logFile: string, count = 20): string[] {
  const lines = [...readLines(logFile, chunkBytes)].filter((line) => !saysNothing.test(line))
  return lines.slice(-count)
}

/** No word at all, a frame of a stack, or what Node puts after its last words: the reason stands before them. */
const saysNothing = /^\W*$|^\s+at |^\s*\d+: 0x[\da-f]+ |^-+ Native stack trace -+$|^Node\.js v\d/

function mentions(line: string, id: string): boolean {
  for (let at = line.indexOf(id); at !== -1; at = line.indexOf(id, at + 1)) {
    if (!/^\d/.test(line.slice(at + id.length, at + id.length + 1))) return true
  }
  return false
}

/** Lines without holding the file in memory; only the last `lastBytes` when given. */
function* readLines(file: string, lastBytes = Infinity): Generator<string> {
  const handle = openIfThere(file)
  if (handle === undefined) return
  try {
    let position = Math.max(0, fstatSync(handle).size - lastBytes)
    const decoder = new StringDecoder('utf8')
    const chunk = Buffer.alloc(chunkBytes)
    let rest = ''
    for (let size = readSync(handle, chunk, 0, chunkBytes, position); size > 0;) {
      const lines = (rest + decoder.write(chunk.subarray(0, size))).split(/\r?\n/)
      rest = lines.pop() ?? ''
      yield* lines
      position += size
      size = readSync(handle, chunk, 0, chunkBytes, position)
    }
    if (rest !== '') yield rest
  } finally {
    closeSync(handle)
  }
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, 'r')
  } catch {
    return undefined
  }
}
