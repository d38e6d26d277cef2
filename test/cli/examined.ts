import { expect } from 'vitest'
import type { Checkup } from '../../src/doctor/checkup.ts'
import { brownout } from './brownout.ts'

/** `brownout doctor` on a home, to its end. */
export async function doctor(home: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const running = brownout(['doctor', '--home', home, ...args], { env })
  const { code } = await running.exited
  return { code, output: running.output() }
}

/** The same as JSON. */
export async function examined(home: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const { code, output } = await doctor(home, ['--json', ...args], env)
  const checkup = JSON.parse(output) as Checkup
  expect(checkup.exitCode).toBe(code)
  return checkup
}
