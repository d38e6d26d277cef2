import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { saveLast } from '../../src/gate/save-last.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { RunStore } from '../../src/record/store.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const interrupted = { code: 'INTERRUPTED', message: 'interrupted (Ctrl-C)', exitCode: 130 }

test.for([
  { what: 'nothing else', record: { endedBy: null, faultsLeft: [] }, exitCode: 3, says: /^Failed to write/ },
  {
    what: 'Ctrl-C',
    record: { endedBy: interrupted, faultsLeft: [] },
    exitCode: 130,
    says: /Ctrl-C.*\nFailed to write/,
  },
  {
    what: 'a fault that may remain',
    record: { endedBy: interrupted, faultsLeft: ['down(redis)'] },
    exitCode: 5,
    says: /^down\(redis\) may still be in force.\n/,
  },
])('a last record that cannot be saved: the exit code says it after $what', async ({ record, exitCode, says }) => {
  await using folder = await temporaryFolder()
  const store = new RunStore(folder.path)
  store.write('begun', '')
  mkdirSync(join(folder.path, 'run.json'))
  expect(() => saveLast(store, record as unknown as RunRecord)).toThrow(
    expect.objectContaining({ exitCode, message: expect.stringMatching(says) as string }),
  )
})
