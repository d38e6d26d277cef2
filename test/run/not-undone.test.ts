import { expect, test } from 'vitest'
import { blankFault } from '../../src/fault/hold.ts'
import { down, type Fault, kill, pause, restart } from '../../src/fault/vocabulary.ts'
import { faultsLeft } from '../../src/run/not-undone.ts'

const times = { asked: 1, inForce: 2, undoAsked: 3 }
const record = (text: string, fault: Fault, undone: number | null = null) => {
  return { ...blankFault({ id: text, fault, text, edges: [], instances: [], felt: [] }), ...times, undone }
}
const records = [
  record('refused', down('back')),
  record('still', pause('back')),
  record('killed', kill('back')),
  record('restarted', restart('back')),
  record('gone', down('back'), 4),
  { ...record('never there', pause('back')), asked: null },
]
const left = (...whats: string[]) =>
  faultsLeft(
    records,
    whats.map((what) => ({ what, why: 'not done in 10000 ms' })),
  )

test('a fault may remain when what holds it could not be ended: proxies, or processes', () => {
  expect(left()).toEqual([])
  expect(left('toxiproxy')).toEqual(['refused'])
  expect(left('services')).toEqual(['still'])
  expect(left('services', 'load', 'toxiproxy')).toEqual(['refused', 'still'])
})
