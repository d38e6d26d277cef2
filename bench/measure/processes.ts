import { processTree, textOf } from '../../src/core/proc.ts'

/** CPU time so far of a process and of all that it started, those that have ended included, ms to the next 10. */
export function cpuMsOf(root: number): number {
  return processTree(root).reduce((sum, { cpuMs, endedMs }) => sum + cpuMs + endedMs, 0)
}

/** Memory a process and all that it started hold at this moment, resident, MB. Pages that they share count for each. */
export function residentMBOf(root: number): number {
  return processTree(root).reduce((sum, { pid }) => sum + residentKB(pid), 0) / 1024
}

function residentKB(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0)
}
