import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** A process with a session that takes what happens for its own, and an error that nobody catches. */
function failWith(session: string): { status: number | null; stderr: string } {
  const signals = new URL('../../src/cli/signals.ts', import.meta.url).href
  const code = `
    import { catchBugs, endOnSignals, sessionIsOver } from '${signals}'
    catchBugs()
    endOnSignals({ end() {}, fail: () => console.error('the session knows') })
    ${session}
    setTimeout(() => { throw new TypeError('a mistake') })
    setTimeout(() => process.exit(0), 1_000)`
  const args = ['--conditions=@brownout/source', '--input-type=module', '-e', code]
  return spawnSync(process.execPath, args, { encoding: 'utf8' })
}

test('a bug in a session is its cause to end', () => {
  expect(failWith('')).toMatchObject({ status: 0, stderr: 'the session knows\n' })
})

test('a bug after it is told, and ends the process', () => {
  const { status, stderr } = failWith('sessionIsOver()')
  expect(status).toBe(70)
  expect(stderr).toContain('TypeError: a mistake')
})
