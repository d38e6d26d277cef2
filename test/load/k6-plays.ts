import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { askVersion, findPart } from '../../src/core/parts.ts'
import { k6Load } from '../../src/load/driver/k6.ts'
import type { PlayerPlay } from '../../src/load/driver/player.ts'

const found = findPart('k6')
if (!found) throw new Error('These tests need k6: npm run parts')
export const k6File = found.file
const version = await askVersion('k6', found)

/** For `plays`: the real k6. */
export const byK6 = ({ log }: { log: string }) => byFile(k6File)({ log })
/** For `plays`: another program in its place. */
export const byFile =
  (file: string) =>
  ({ log }: { log: string }) =>
    k6Load({ log, file, version })

/** The id of the k6 that works for a play, `null` when there is none. */
export function k6Of({ process: { identity } }: Pick<PlayerPlay, 'process'>): number | null {
  return childrenOf(identity.pid).find((child) => nameOf(child) === 'k6') ?? null
}

/** The same for a process that plays, with the id of the process between them. */
export function k6Below(runner: number): { beside: number; k6: number } | null {
  for (const beside of childrenOf(runner)) {
    const k6 = childrenOf(beside).find((child) => nameOf(child) === 'k6')
    if (k6 !== undefined) return { beside, k6 }
  }
  return null
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' '))
      .filter(Boolean)
      .map(Number)
  } catch {
    return []
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return ''
  }
}

/** Writes a shell script that stands before k6: `$k6` is the real one, `"$@"` what it would be given. */
export function wrapper(file: string, lines: string): string {
  writeFileSync(file, `#!/bin/sh\nk6=${k6File}\n${lines}\n`)
  chmodSync(file, 0o755)
  return file
}
