/** consumer → the providers it needs. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Names in order of need, providers first; of those that may come next, the one that was written first does. A cycle is
 * broken at its first member by name.
 */
export function orderByNeed(names: readonly string[], needs: Needs): string[] {
  const ordered: string[] = []
  let waiting = [...names]
  while (waiting.length > 0) {
    const isMet = (name: string) => !waiting.some((other) => other !== name && needs.get(name)?.has(other))
    const next = waiting.find(isMet) ?? waiting.toSorted().find((name) => reaches(name, name, waiting, needs))
    if (next === undefined) throw new Error('neither an order nor a cycle')
    ordered.push(next)
    waiting = waiting.filter((name) => name !== next)
  }
  return ordered
}

function reaches(from: string, goal: string, among: readonly string[], needs: Needs): boolean {
  const seen = new Set<string>()
  const open = [from]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const provider of needs.get(name) ?? []) {
      if (provider === name || !among.includes(provider)) continue
      if (provider === goal) return true
      if (!seen.has(provider)) open.push(provider)
      seen.add(provider)
    }
  }
  return false
}
