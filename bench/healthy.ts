/**
 * Gates on the healthy shop in a row, half of them while another process burns one core. The healthy system must never
 * be accused. Not part of `npm run bench`, it takes an hour: node bench/healthy.ts [gates]
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

if (process.argv[1] === import.meta.filename) main()

function main(): void {
  const gates = Number(process.argv[2] ?? 20)
  const bin = join(import.meta.dirname, '../bin/brownout.js')
  const home = mkdtempSync(join(tmpdir(), 'brownout-healthy-'))
  const counts = { quiet: new Map<number, number>(), burning: new Map<number, number>() }

  for (let index = 0; index < gates; index++) {
    const mode = index % 2 === 0 ? 'quiet' : 'burning'
    const burner =
      mode === 'burning'
        ? spawn(process.execPath, ['-e', 'const end = Date.now() + 300000; while (Date.now() < end);'])
        : null
    const { status, stdout } = spawnSync(process.execPath, [bin, 'gate', '--quiet', '--home', home], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    burner?.kill('SIGKILL')
    const code = status ?? -1
    counts[mode].set(code, (counts[mode].get(code) ?? 0) + 1)
    console.log(`${index + 1}/${gates} ${mode}: exit ${code}`)
    if (code !== 0) console.log(stdout)
  }
  rmSync(home, { recursive: true, force: true })
  for (const [mode, byCode] of Object.entries(counts)) {
    console.log(`${mode}: ${[...byCode].map(([code, count]) => `${count} × exit ${code}`).join(', ')}`)
  }
}
