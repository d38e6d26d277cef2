import { findExecutable } from '../../core/executable.ts'
import { type PartName, partFacts } from '../../core/parts.ts'
import type { InspectedPart } from './inspect.ts'

/** Package managers, and the words by which each installs Redis. */
const redisBy: readonly [manager: string, command: string, needsRoot: boolean][] = [
  ['apt-get', 'apt-get install redis-server', true],
  ['dnf', 'dnf install redis', true],
  ['apk', 'apk add redis', true],
  ['pacman', 'pacman -S redis', true],
  ['brew', 'brew install redis', false],
]

/** The command that installs a part on this machine, ready to paste. */
export function howToInstall(name: PartName): string {
  if (name !== 'redis-server') return 'npx brownout parts'
  const [, command, needsRoot] =
    redisBy.find(([manager]) => findExecutable(manager) !== null) ?? (redisBy[0] as (typeof redisBy)[number])
  return needsRoot && process.getuid?.() !== 0 ? `sudo ${command}` : command
}

/** What to do about a part that cannot be used. No other can take the place of one that a variable names. */
export function howToMend({ name, found }: InspectedPart): string {
  const { variable } = partFacts[name]
  if (found?.from === variable) return `unset ${variable}, or name another file by it`
  return howToInstall(name)
}
