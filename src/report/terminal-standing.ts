import type { Decision } from './decision.ts'
import { hang, labelled, type Page } from './page.ts'
import type { Comparison, ScenarioReport } from './report.ts'

const mostShown = 10

/** What changed since the run it is held against. */
export function renderComparison(comparison: Comparison | null, page: Page): string {
  if (comparison === null) return ''
  const { against, newlyBroken, newlyKept, newlyUndecided, added, removed } = comparison
  const changes = [
    ...some(newlyBroken, (what) => labelled(page, { text: 'broken', color: 'red' }, what)),
    ...some(newlyKept, (what) => labelled(page, { text: 'kept', color: 'green' }, what)),
    ...some(newlyUndecided, (what) => labelled(page, { text: 'undecided', color: 'yellow' }, what)),
    ...some(added, (what) => labelled(page, 'new', what)),
    ...some(removed, (what) => labelled(page, 'gone', what)),
  ]
  const head = hang(page, '', `Against ${against}:${changes.length === 0 ? ' nothing changed' : ''}`)
  return [head, ...changes].join('\n')
}

/** What is to be known of the loads of scenarios, well or not. */
export function renderNotes(scenarios: readonly ScenarioReport[], page: Page): string {
  const notes = scenarios.flatMap(({ name, notes: own = [] }) => own.map((note) => `${name}: ${note}`))
  if (notes.length === 0) return ''
  return ['Notes:', ...some(notes, (text) => hang(page, '  ', text))].join('\n')
}

/** What the policy lets pass, every one of it. */
export function renderWaived(decision: Decision | null, page: Page): string {
  if (decision === null || decision.waived.length === 0) return ''
  const lines = decision.waived.flatMap(({ text, owner, reason, expires }) => [
    hang(page, '  ', { text, color: 'yellow' }),
    hang(page, '    ', { text: `by ${owner} until ${expires}: ${reason}`, color: 'dim' }),
  ])
  return ['Waived:', ...lines].join('\n')
}

export function renderWarnings(decision: Decision | null, page: Page): string {
  if (decision === null || decision.warnings.length === 0) return ''
  return ['Warnings:', ...some(decision.warnings, ({ text }) => hang(page, '  ', { text, color: 'yellow' }))].join('\n')
}

function some<Item>(items: readonly Item[], render: (item: Item) => string): string[] {
  const more = items.length - mostShown
  return [...items.slice(0, mostShown).map(render), ...(more > 0 ? [`  and ${more} more (report.json)`] : [])]
}
