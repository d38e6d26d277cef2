import { readFileSync } from 'node:fs'

/** Linux counts CPU time in hundredths of a second for whoever reads it. */
const tickMs = 10

/** CPU time a process has used, ms, in steps of 10; `null` when it is gone, or where there is no /proc. */
export function cpuMsOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets and may hold anything; fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * tickMs
  } catch {
    return null
  }
}
