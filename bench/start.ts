import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Figures } from './report/figures.ts'

/** `brownout --help` of the build, beside Node doing nothing; target 100 ms. */
export async function bench(): Promise<Figures> {
  const root = join(import.meta.dirname, '..')
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root })
  const help = [join(root, 'dist/cli/main.js'), '--help']
  const nothing = ['-e', '']
  const times = Array.from({ length: 15 }, () => ({ help: time(help), nothing: time(nothing) }))
  const median = (of: 'help' | 'nothing') => times.map((each) => each[of]).toSorted((a, b) => a - b)[7] as number
  return {
    name: 'brownout --help (built)',
    figures: {
      'median, ms': Math.round(median('help')),
      'node -e "", ms': Math.round(median('nothing')),
      ratio: Number((median('help') / median('nothing')).toFixed(2)),
    },
  }
}

function time(args: readonly string[]): number {
  const startedAt = performance.now()
  execFileSync(process.execPath, [...args], { stdio: 'ignore' })
  return performance.now() - startedAt
}

if (process.argv[1] === import.meta.filename) console.log(await bench())
