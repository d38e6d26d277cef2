/**
 * Runs every bench of this folder, one after the other, and prints one table. `npm run bench -- load` runs those whose
 * file name contains "load"; with `--write` their figures also go into docs/performance.md. A bench is a module that exports
 * `bench()`; the folders here hold helpers.
 */
import { globSync } from 'node:fs'
import type { Figures } from './report/figures.ts'
import { writeToPage } from './report/page.ts'
import { textTable } from './report/table.ts'

const words = process.argv.slice(2)
const toWrite = words.includes('--write')
const wanted = words.filter((word) => !word.startsWith('--'))
const files = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((file) => file !== 'run.ts' && (wanted.length === 0 || wanted.some((name) => file.includes(name))))
  .toSorted()

const found: Figures[] = []
for (const file of files) {
  const { bench } = (await import(`./${file}`)) as { bench?: () => Promise<Figures> }
  if (bench === undefined) continue
  process.stderr.write(`${file} …\n`)
  try {
    const figures = await bench()
    found.push(figures)
    if (toWrite) writeToPage(file.replace('.ts', ''), figures)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    found.push({ name: file, figures: { failed: '' } })
    process.exitCode = 1
  }
}

if (found.length === 0) {
  process.stderr.write('No bench was run.\n')
  process.exitCode = 1
}
console.log(textTable(found))
