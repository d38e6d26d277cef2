import { type Change, type ChangedInteraction, type ChangeKind, changeKinds, isBreaking } from '../diff/change.ts'
import type { Problem } from '../core/errors.ts'
import type { Color } from '../report/paint.ts'
import { hang, labelled, type Page } from '../report/page.ts'

export interface DiffToPrint {
  old: string
  new: string
  interactions: readonly ChangedInteraction[]
  notes: readonly Problem[]
}

const colors: Readonly<Record<ChangeKind, Color>> = {
  breaking: 'red',
  unknown: 'yellow',
  widening: 'green',
  neutral: 'dim',
}

/** Interaction by interaction what has changed, the worst first, and what it comes to. */
export function renderDiff({ old, new: newer, interactions, notes }: DiffToPrint, page: Page): string {
  const changed = interactions.filter(({ changes }) => changes.length > 0)
  const blocks = [
    ...changed.map((interaction) => renderInteraction(interaction, page)),
    ...(notes.length > 0 ? [renderNotes(notes, page)] : []),
    renderEnd(interactions, { old, newer }, page),
  ]
  return `${blocks.join('\n\n')}\n`
}

function renderInteraction({ key, changes }: ChangedInteraction, page: Page): string {
  const sorted = changes.toSorted((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind))
  return [hang(page, '', { text: key, color: 'bold' }), ...sorted.map((change) => renderChange(change, page))].join(
    '\n',
  )
}

function renderChange({ kind, half, condition, place, text }: Change, page: Page): string {
  const where = half === 'interaction' ? place : [half, condition === null ? '' : `(${condition})`, place]
  const words = [where].flat().filter(Boolean).join(' ')
  return labelled(page, { text: kind, color: colors[kind] }, words === '' ? text : `${words}: ${text}`)
}

const mostNotes = 10

function renderNotes(notes: readonly Problem[], page: Page): string {
  const more = notes.length - mostNotes
  return [
    ...notes.slice(0, mostNotes).map((note) => renderNote(note, page)),
    ...(more > 0 ? [hang(page, 'note: ', { text: `and ${more} more; --json has them all`, color: 'dim' })] : []),
  ].join('\n')
}

function renderNote({ file, path, message }: Problem, page: Page): string {
  const place = [file, path.join(' › ')].filter(Boolean).join('  ')
  return hang(page, 'note: ', { text: `${place}: ${message}`, color: 'dim' })
}

function renderEnd(
  interactions: readonly ChangedInteraction[],
  { old, newer }: { old: string; newer: string },
  page: Page,
): string {
  const changes = interactions.flatMap((one) => one.changes)
  const counts = changeKinds
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
  const number = interactions.length === 1 ? 'one interaction' : `${interactions.length} interactions`
  const isBroken = changes.some(isBreaking)
  const said = counts.length === 0 ? 'nothing has changed' : counts.join(', ')
  const text = `${old} → ${newer}: ${said}; ${number} compared (exit ${isBroken ? 1 : 0})`
  return hang(page, '', { text, color: isBroken ? 'red' : 'green' })
}
