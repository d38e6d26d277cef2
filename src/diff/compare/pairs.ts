/** Names of an interaction or a message, and what else it is known by. */
export interface Known {
  key: string
  consumer: string
  provider: string
  name: string
  /** What it is when it is called otherwise; the same for those that are one. */
  identity: string
}

export interface Pair<One> {
  before: One | null
  now: One | null
  names: Known
  /** What it was called before, when it was called otherwise. */
  renamedFrom: string | null
}

/** Finds what belongs together: by name, and of those that are left by what is the same but for the name. */
export function pairUp<One>(older: readonly One[], newer: readonly One[], known: (one: One) => Known): Pair<One>[] {
  const named = (all: readonly One[]) => new Map(all.map((one) => [known(one).key, one]))
  const [left, coming] = [named(older), named(newer)]
  const same = [...coming].flatMap(([key, now]): Pair<One>[] => {
    const before = left.get(key)
    return before === undefined ? [] : [{ before, now, names: known(now), renamedFrom: null }]
  })
  for (const { names } of same) {
    left.delete(names.key)
    coming.delete(names.key)
  }
  const byIdentity = Map.groupBy(left.values(), (one) => known(one).identity)
  const added = [...coming.values()].map((now): Pair<One> => {
    const names = known(now)
    const before = byIdentity.get(names.identity)?.shift()
    if (before === undefined) return { before: null, now, names, renamedFrom: null }
    left.delete(known(before).key)
    return { before, now, names, renamedFrom: known(before).name }
  })
  const gone = [...left.values()].map((before): Pair<One> => ({
    before,
    now: null,
    names: known(before),
    renamedFrom: null,
  }))
  return [...same, ...added, ...gone]
}
