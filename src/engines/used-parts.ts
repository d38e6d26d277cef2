import type { PartName } from '../core/parts.ts'
import type { EngineChoice, Role } from './choice.ts'

/** A tool of the machine that a choice of engines uses for a role; one that is not needed has a stand-in of ours. */
export interface UsedPart {
  role: Role
  part: PartName
  isNeeded: boolean
}

/** Every tool that a choice uses: what a run without it says is missing, and what `brownout doctor` looks at. */
export function partsOf({ load, proxies, redis }: Omit<EngineChoice, 'name'>): UsedPart[] {
  const used: UsedPart[] = []
  if (proxies === 'toxiproxy') used.push({ role: 'proxies', part: 'toxiproxy-server', isNeeded: true })
  if (load === 'k6') used.push({ role: 'load', part: 'k6', isNeeded: true })
  if (redis !== 'stand-in') used.push({ role: 'redis', part: 'redis-server', isNeeded: redis === 'redis-server' })
  return used
}
