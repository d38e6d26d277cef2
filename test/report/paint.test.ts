import { expect, test } from 'vitest'
import { colored, paintFor, plain } from '../../src/report/paint.ts'

test.for([
  { isTerminal: true, env: {}, paint: colored },
  { isTerminal: false, env: {}, paint: plain },
  { isTerminal: true, env: { NO_COLOR: '1' }, paint: plain },
  { isTerminal: true, env: { NO_COLOR: 'yes' }, paint: plain },
  { isTerminal: true, env: { NO_COLOR: '' }, paint: colored },
  { isTerminal: false, env: { FORCE_COLOR: '1' }, paint: colored },
  { isTerminal: true, env: { FORCE_COLOR: '0' }, paint: plain },
  { isTerminal: true, env: { FORCE_COLOR: 'false' }, paint: plain },
  { isTerminal: false, env: { FORCE_COLOR: '' }, paint: plain },
  { isTerminal: true, env: { NO_COLOR: '1', FORCE_COLOR: '1' }, paint: plain },
])('terminal: $isTerminal, $env', ({ isTerminal, env, paint }) => {
  expect(paintFor(isTerminal, env)).toBe(paint)
})
