import { formatMs } from '../core/duration.ts'
import type { LoadTick } from '../load/workload.ts'
import { wrap } from '../report/wrap.ts'
import type { OnProgress, Progress } from '../run/progress.ts'
import { safeText } from './safe-text.ts'

/** On a terminal one line that is written anew; elsewhere a plain line for each step. */
export function showProgress(out: NodeJS.WriteStream): OnProgress {
  return out.isTTY ? liveLine(out) : plainLines(out)
}

function plainLines(out: NodeJS.WriteStream): OnProgress {
  return (progress) => {
    const line = describe(progress)
    if (line !== null) out.write(`${safeText(line)}\n`)
  }
}

function liveLine(out: NodeJS.WriteStream): OnProgress {
  let phase: Extract<Progress, { kind: 'phase' }> | null = null
  let phaseStarted = 0
  return (progress) => {
    if (progress.kind === 'tick' && phase) {
      const left = Math.max(0, phase.lengthMs - (performance.now() - phaseStarted))
      const faults = phase.faults.length > 0 ? ` · ${phase.faults.join(', ')}` : ''
      const line = `  ${phase.phase.padEnd(7)}${formatMs(left).padStart(7)} left · ${describeTick(progress.tick)}${faults}`
      out.write(`\r\u001b[K${wrap(line, (out.columns ?? 80) - 1)[0]}`)
      return
    }
    if (progress.kind === 'phase') {
      phase = progress
      phaseStarted = performance.now()
      return
    }
    const line = describe(progress)
    if (line !== null) out.write(`\r\u001b[K${safeText(line)}\n`)
  }
}

/** `null` for what is too much for a plain log. */
function describe(progress: Progress): string | null {
  switch (progress.kind) {
    case 'step':
      return progress.text
    case 'ready':
      return `${progress.instances} instances ready in ${formatMs(progress.tookMs)}`
    case 'scenario':
      return `[${progress.number}/${progress.of}] ${progress.name}: ${progress.title}`
    case 'phase':
      return `  ${progress.phase} ${formatMs(progress.lengthMs)}`
    case 'fault':
      return `  ${progress.text} ${progress.state}`
    case 'trouble':
      return `  trouble: ${progress.text}`
    case 'tick':
      return null
  }
}

/** Answers a second, by what they keep: the normal half, only another half, none. */
function describeTick({ normal, other, none, p95 }: LoadTick): string {
  return `normal ${normal * 4}/s · degraded ${other * 4}/s · none ${none * 4}/s · p95 ${p95 === null ? '–' : formatMs(p95)}`
}
