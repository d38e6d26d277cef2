import { expect, test } from 'vitest'
import { emitPacts } from '../../../src/pact/emit/emit-contracts.ts'
import { readPact } from '../../../src/pact/read/read-pact.ts'
import { inWrittenOrder, writePact } from '../../../src/pact/write/write-pact.ts'
import { loadFiles } from '../../../src/run/load-files.ts'

test('every pact of the shop is read again as what was written', async () => {
  const { contracts } = await loadFiles(undefined, process.cwd())
  const emitted = emitPacts(contracts.map(({ file, definition }) => ({ file, contract: definition })))
  expect(emitted.length).toBeGreaterThan(5)
  for (const { pact } of emitted) {
    const text = writePact(pact)
    const { pact: read, problems, notes } = readPact(text, 'pact.json')
    expect({ problems, notes }).toEqual({ problems: [], notes: [] })
    expect(read).toEqual({ ...pact, interactions: inWrittenOrder(pact.interactions) })
  }
})
