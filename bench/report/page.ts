import { readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import type { Figures } from './figures.ts'
import { markdownTable } from './table.ts'

const file = join(import.meta.dirname, '../../docs/performance.md')

/** Puts the figures of a bench between its marks in docs/performance.md, or at the end when it has none there yet. */
export function writeToPage(key: string, figures: Figures): void {
  writeFileSync(file, withSection(readFileSync(file, 'utf8'), key, sectionOf(figures)))
}

/** `page` with `text` between the marks of `key`; what stands outside of marks is written by hand, and kept. */
function withSection(page: string, key: string, text: string): string {
  const [start, end] = [`<!-- bench: ${key} -->`, `<!-- end of ${key} -->`]
  const section = `${start}\n${text}\n${end}`
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n## ${key}\n\n${section}\n`
  return page.slice(0, from) + section + page.slice(to + end.length)
}

function sectionOf(figures: Figures): string {
  const tools = Object.entries({ Node: process.versions.node, ...figures.versions }).map((each) => each.join(' '))
  const how = [
    new Date().toISOString().slice(0, 10),
    machine(),
    tools.join(', '),
    ...(figures.rounds ? [`medians of ${figures.rounds} rounds in turn, lowest and highest in brackets`] : []),
  ]
  return [`**${figures.name}**`, '', markdownTable(figures), '', `${how.join('; ')}.`].join('\n')
}

/** `2 × Intel(R) Xeon(R) Processor, 24 GB, Linux 6.18 x64` */
function machine(): string {
  const all = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const [kernel = ''] = /^\d+\.\d+/.exec(release()) ?? []
  return `${all.length} × ${all[0]?.model.trim() ?? 'processor'}, ${gigabytes} GB, ${type()} ${kernel} ${arch()}`
}
