import { PassThrough } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { afterEach, expect, test, vi } from 'vitest'
import { showProgress } from '../../src/cli/live.ts'
import { brownout } from './brownout.ts'

afterEach(() => void vi.unstubAllEnvs())

/** What is shown of a trouble that quotes a service. */
function shown(text: string, isTTY: boolean): string {
  const out = new PassThrough()
  showProgress(Object.assign(out, { isTTY }) as unknown as WriteStream)({ kind: 'trouble', text })
  return String(out.read())
}

const quoted = 'died\u001b[2J of \u0007\u009b1m\u202e\n::error::it\n'

test('progress moves no cursor and turns no text, whatever a service wrote', () => {
  vi.stubEnv('GITHUB_ACTIONS', '')
  expect(shown(quoted, false)).toBe('  trouble: died of ��\n::error::it\n\n')
  expect(shown(quoted, true)).toBe('\r\u001b[K  trouble: died of ��\n::error::it\n\n')
})

test('nor does it command a GitHub workflow', () => {
  vi.stubEnv('GITHUB_ACTIONS', 'true')
  expect(shown(quoted, false)).not.toMatch(/^\s*::/m)
})

test('an error quotes what it is about as harmlessly', async () => {
  const running = brownout(['report', 'no\u001b[2J-such\n::error::run', '--home', '/nonexistent'], {
    env: { GITHUB_ACTIONS: 'true' },
  })
  expect((await running.exited).code).toBe(2)
  expect(running.output()).toContain('no-such')
  expect(running.output()).not.toMatch(/^::/m)
  expect(running.output()).not.toContain('\u001b')
})
