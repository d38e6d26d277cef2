import type { LoadTick } from '../load/workload.ts'

/** What a run tells while it goes on; the terminal shows it, a verdict never sees it. */
export type Progress =
  | { kind: 'step'; text: string }
  | { kind: 'ready'; instances: number; tookMs: number }
  | { kind: 'scenario'; name: string; title: string; number: number; of: number }
  | { kind: 'phase'; phase: 'baseline' | 'health' | 'before' | 'during' | 'after'; lengthMs: number; faults: string[] }
  | { kind: 'tick'; tick: LoadTick }
  | { kind: 'fault'; text: string; state: 'in force' | 'undone' }
  | { kind: 'trouble'; text: string }

export type OnProgress = (progress: Progress) => void
