import { serveProgram } from '../core/program.ts'
import type { TapCounts } from './counts.ts'
import { type TapEdge, openRelay } from './relay.ts'

/** The tap as a program of its own: `{ edges }` → one relay each; `counts()` → edge id → counts, live. */
serveProgram<{ edges: TapEdge[] }>(async ({ edges }) => {
  const relays = await Promise.all(edges.map((edge) => openRelay(edge)))
  return {
    methods: {
      counts: (): Record<string, TapCounts> => Object.fromEntries(relays.map((relay) => [relay.id, relay.counts()])),
    },
  }
})
