import { formatMs } from '../core/duration.ts'
import type { Report } from './report.ts'

/** `'took 1 min 18 s'` */
export function tookText({ tookMs }: Pick<Report['run'], 'tookMs'>): string {
  return tookMs === null ? 'not ended' : `took ${formatMs(tookMs)}`
}
