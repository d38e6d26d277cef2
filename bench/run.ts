/**
 * Runs every bench of this folder, one after the other, and prints one table. `npm run bench -- load` runs those whose
 * file name contains "load". A bench is a module that exports `bench()`; other files here are its helpers.
 */
import { globSync } from 'node:fs'

interface Figures {
  name: string
  figures: Record<string, number | string>
}

const wanted = process.argv.slice(2)
const files = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((file) => file !== 'run.ts' && (wanted.length === 0 || wanted.some((name) => file.includes(name))))
  .toSorted()

const rows: string[][] = []
for (const file of files) {
  const { bench } = (await import(`./${file}`)) as { bench?: () => Promise<Figures> }
  if (bench === undefined) continue
  process.stderr.write(`${file} …\n`)
  try {
    const { name, figures } = await bench()
    const cells = Object.entries(figures).map(([figure, value]) => [figure, format(value)])
    rows.push(...cells.map((cell, index) => [index === 0 ? name : '', ...cell]))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    rows.push([file, 'failed', ''])
    process.exitCode = 1
  }
}

if (rows.length === 0) {
  process.stderr.write('No bench was run.\n')
  process.exitCode = 1
}
const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
for (const [name = '', figure = '', value = ''] of rows) {
  console.log(
    `${name.padEnd(widths[0] ?? 0)}  ${figure.padEnd(widths[1] ?? 0)}  ${value.padStart(widths[2] ?? 0)}`.trimEnd(),
  )
}

/** 1234567 → 1,234,567; 0.01234 → 0.0123 */
function format(value: number | string): string {
  if (typeof value === 'string') return value
  return value.toLocaleString(
    'en',
    Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  )
}
