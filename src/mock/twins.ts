import { canonicalJson } from '../contract/fingerprint.ts'
import type { Problem } from '../core/errors.ts'
import { brokenText } from './condition.ts'
import type { Stub } from './stub.ts'

/**
 * Stubs that answer the same request, under the same condition and in the same states, with something else. Told once for
 * two interactions, however many halves they share.
 */
export function twinsIn(stubs: readonly Stub[]): Problem[] {
  const alike = Map.groupBy(stubs, ({ request, states, broken }) =>
    canonicalJson([request, states, broken && brokenText(broken)]),
  )
  const twins = new Map<string, Problem>()
  for (const [original, ...others] of alike.values()) {
    for (const other of others) {
      if (!original || answersAlike(original, other)) continue
      const names = [original, other].map(({ pair, interaction }) => `${pair} / ${interaction}`).join()
      if (!twins.has(names)) twins.set(names, twin(original, other))
    }
  }
  return [...twins.values()]
}

function answersAlike(a: Stub, b: Stub): boolean {
  return canonicalJson(a.response) === canonicalJson(b.response)
}

function twin(first: Stub, { file, pair, half }: Stub): Problem {
  return {
    file,
    path: [pair, half],
    message: `cannot be told apart from "${first.half}" of ${first.pair} in ${first.file}: the same request, another answer`,
    hint: first.pair === pair ? 'Tell them apart by provider states.' : 'Mock them one by one.',
  }
}
