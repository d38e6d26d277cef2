import type { ScenarioRecord } from '../record/record.ts'
import type { Phase } from '../scenario/define.ts'

/**
 * How sure the intervals of a phase are. Looking several times and stopping when it suits makes mistakes likelier; the five
 * in a hundred that all looks together may make are split evenly over them.
 */
export function confidenceOf(looks: number): number {
  return 1 - 0.05 / Math.max(1, looks)
}

export function confidenceIn({ looks }: Pick<ScenarioRecord, 'looks'>, phase: Phase): number {
  return confidenceOf(looks[phase].length)
}

/** `0.95` → `'95 %'`, `0.98333…` → `'98.3 %'` */
export function sureness(confidence: number): string {
  return `${Number((confidence * 100).toFixed(1))} %`
}
