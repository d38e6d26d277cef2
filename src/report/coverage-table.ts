import type { Condition } from '../contract/condition.ts'
import type { Coverage, CoverageCell } from '../verdict/verdict.ts'
import type { Report } from './report.ts'

/** Proven in this run, declared only, or neither. */
export function stateOf({ provenBy, stance }: CoverageCell): 'proven' | 'declared' | 'undeclared' {
  if (provenBy.length > 0) return 'proven'
  return stance === null ? 'undeclared' : 'declared'
}

/** Coverage as a grid: an interaction and an edge meet in one cell for each condition. */
export interface CoverageGrid {
  interactions: string[]
  edges: string[]
  /** The cells of an interaction and an edge, by condition; empty when the edge is not behind it. */
  at(interaction: string, edge: string): Partial<Record<Condition, CoverageCell>>
}

export function gridOf({ cells }: Coverage): CoverageGrid {
  const byPlace = Map.groupBy(cells, ({ interaction, edge }) => `${interaction}\n${edge}`)
  return {
    interactions: [...new Set(cells.map(({ interaction }) => interaction))],
    edges: [...new Set(cells.map(({ edge }) => edge))],
    at: (interaction, edge) =>
      Object.fromEntries((byPlace.get(`${interaction}\n${edge}`) ?? []).map((cell) => [cell.condition, cell])),
  }
}

/** `'34 proven, 120 declared, 296 undeclared'` */
export function countsOf({
  proven,
  declared,
  undeclared,
}: Pick<Coverage, 'proven' | 'declared' | 'undeclared'>): string {
  return `${proven} proven, ${declared} declared, ${undeclared} undeclared`
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
const pointsShown = 20

/** `'proven over the last 5 runs: 12 ▁▂▂▅█ 34'`; `null` when there is one run only. */
export function coverageLine({ coverageOverTime }: Report): string | null {
  const proven = coverageOverTime.slice(-pointsShown).map((point) => point.proven)
  const [first, last] = [proven[0], proven.at(-1)]
  if (proven.length < 2 || first === undefined || last === undefined) return null
  const [least, most] = [Math.min(...proven), Math.max(...proven)]
  const line = proven.map((value) => bars[most === least ? 0 : Math.round(((value - least) / (most - least)) * 7)])
  return `proven over the last ${proven.length} runs: ${first} ${line.join('')} ${last}`
}
