import { relative } from 'node:path'
import { exitCodes } from '../core/errors.ts'
import { shellWord } from '../core/shell-word.ts'
import type { Checkup } from '../doctor/checkup.ts'
import type { EngineFinding } from '../doctor/engines.ts'
import type { LiveRun } from '../doctor/live-runs.ts'
import type { PartFinding } from '../doctor/parts.ts'
import type { Remnant } from '../doctor/remnant.ts'
import type { Cell } from '../report/cell.ts'
import { hang, type Page } from '../report/page.ts'

/** What was found, section by section, and what to do about it. `shownHome`: the home as it was given. */
export function renderCheckup(
  checkup: Checkup,
  page: Page,
  { brownout, shownHome }: { brownout: string; shownHome: string },
): string {
  const { parts, engines, live, removed, left } = checkup
  const section = (title: string, lines: readonly string[]) => (lines.length > 0 ? ['', title, ...lines] : [])
  const ofRemnants = (remnants: readonly Remnant[]) => remnants.flatMap((remnant) => remnantLines(page, remnant))
  const lines = [
    `Brownout ${brownout}`,
    ...section(
      'parts',
      parts.flatMap((part) => partLines(page, part)),
    ),
    ...section(
      'engines',
      engines.flatMap((each) => engineLines(page, each, parts)),
    ),
    ...section(
      'runs under way, not touched',
      live.map((run) => liveLine(page, run)),
    ),
    ...section('removed', ofRemnants(removed ?? [])),
    ...section(`left behind by older runs in ${shownHome}`, left.length > 0 ? ofRemnants(left) : ['  nothing']),
    '',
    ...ending(page, checkup, shownHome),
    '',
  ]
  return lines.join('\n')
}

const label = (text: string) => `  ${text.padEnd(17)} `

function partLines(page: Page, { name, version, found, wanted, usedBy, trouble, mend }: PartFinding): string[] {
  const state = found === null ? 'missing' : (version ?? 'unusable')
  const facts = [state, ...(wanted === null ? [] : [`wanted: ${wanted}`]), `for ${usedBy}`].join(' · ')
  // What is wrong with one that is there says where it is; of one that is missing there is no more to say.
  const why = found === null || trouble === null ? [] : [trouble]
  const isPlaced = found === null || trouble?.includes(found.file)
  const place = isPlaced ? [] : [`${shortPath(found.file)} (${found.from})`]
  return [
    hang(page, label(name), trouble === null ? facts : { text: facts, color: 'yellow' }),
    ...[...place, ...why, ...(mend === null ? [] : [mend])].map((text) => hang(page, label(''), text)),
  ]
}

function engineLines(page: Page, { name, lacks, notes }: EngineFinding, parts: readonly PartFinding[]): string[] {
  const standing: Cell =
    lacks.length === 0
      ? { text: 'can be used', color: 'green' }
      : { text: `cannot be used: ${lacks.map(({ part }) => part).join(', ')}`, color: 'red' }
  // Why a part will not do is said above.
  const whys = lacks.filter(({ part }) => !parts.some((each) => each.name === part)).map(({ why }) => why)
  const mends = new Set(lacks.flatMap(({ mend }) => (mend === null ? [] : [mend])))
  return [
    hang(page, label(name), standing),
    ...[...notes, ...whys, ...mends].map((text) => hang(page, label(''), text)),
  ]
}

function liveLine(page: Page, { run, pid, faults, processes }: LiveRun): string {
  const runner = pid === null ? 'somebody plays it' : `process ${pid} plays it`
  const held = [...(processes > 0 ? [`${processes} processes`] : []), ...faults]
  return hang(page, `  ${run}  `, held.length > 0 ? `${runner}; it holds ${held.join(', ')}` : runner)
}

function remnantLines(page: Page, { kind, run, what, seen, hint }: Remnant): string[] {
  const name = kind === 'file' || kind === 'unreadable ledger' ? shortPath(what) : what
  const of = run === null || name.includes(run) ? '' : ` of ${run}`
  const color = kind === 'file' ? 'dim' : 'yellow'
  return [
    hang(page, label(kind), { text: `${name}${of}`, color }),
    ...[seen, ...(hint === undefined ? [] : [hint])].map((text) => hang(page, label(''), text)),
  ]
}

function ending(page: Page, { exitCode, wanted, left, removed }: Checkup, shownHome: string): string[] {
  const say = (color: 'red' | 'yellow' | 'green', text: string) => hang(page, '', { text, color })
  const home = shownHome === '.brownout' ? '' : ` --home ${shellWord(shownHome)}`
  const fix = left.length > 0 && removed === null ? [hang(page, '', `npx brownout doctor --fix${home}`)] : []
  switch (exitCode) {
    case exitCodes.faultMayRemain:
      return [say('red', 'A fault may still be in force (exit 5).'), ...fix]
    case exitCodes.partMissing:
      return [say('red', `The ${wanted} engines cannot be used (exit 6).`), ...fix]
    case exitCodes.inconclusive:
      return [say('yellow', 'Something of an older run still goes on (exit 3).'), ...fix]
    default:
      return [say('green', `Nothing stands in the way of a gate on the ${wanted} engines (exit 0).`), ...fix]
  }
}

/** Below the folder we are in, the path from here. */
function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path)
  return fromHere === '' || fromHere.startsWith('..') ? path : fromHere
}
