import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second, whatever the kernel was built with. */
const msPerTick = 10

interface Stat {
  pid: number
  parent: number
  /** CPU time of its own, and of children that ended and were waited for. */
  cpuMs: number
}

/** CPU time so far of a process and of all that it started, those that have ended included, ms to the next 10. */
export function cpuMsOf(root: number): number {
  return treeOf(root).reduce((sum, { cpuMs }) => sum + cpuMs, 0)
}

/** Memory a process and all that it started hold at this moment, resident, MB. Pages that they share count for each. */
export function residentMBOf(root: number): number {
  return treeOf(root).reduce((sum, { pid }) => sum + residentKB(pid), 0) / 1024
}

function treeOf(root: number): Stat[] {
  const all = allStats()
  const tree = all.filter(({ pid }) => pid === root)
  // It grows while it is walked.
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid))
  return tree
}

function allStats(): Stat[] {
  return readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? readIfThere(`/proc/${name}/stat`) : ''
    if (stat === '') return []
    // The second field is the command in brackets and may hold anything; fields are counted after it.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0)
    return [{ pid: Number(name), parent: fields[1] ?? 0, cpuMs: ticks * msPerTick }]
  })
}

function residentKB(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readIfThere(`/proc/${pid}/status`))?.[1] ?? 0)
}

/** A process may end while it is looked at. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
