import type { PartName } from '../core/parts.ts'

/** What of a run a choice of engines decides. */
export type Role = 'proxies' | 'load' | 'redis'

/** A tool that an engine set uses for a role; one that is not needed has a stand-in of ours. */
export interface UsedPart {
  role: Role
  part: PartName
  isNeeded: boolean
}

/** The sets that can be named, and the tools of each: what a run without one of them says, and what `doctor` looks at. */
export const partsOfSets = {
  embedded: [{ role: 'redis', part: 'redis-server', isNeeded: false }],
  local: [
    { role: 'proxies', part: 'toxiproxy-server', isNeeded: true },
    { role: 'load', part: 'k6', isNeeded: true },
    { role: 'redis', part: 'redis-server', isNeeded: true },
  ],
} satisfies Record<string, readonly UsedPart[]>

export type EngineSet = keyof typeof partsOfSets
