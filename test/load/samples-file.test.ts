import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Sample, sampleBytes, type SampleTable, writeSample } from '../../src/load/sample.ts'
import { readSamples } from '../../src/load/samples-file.ts'
import { temporaryFolder } from '../temporary-folder.ts'

function bytesOf(samples: readonly Sample[]): Uint8Array {
  const bytes = new Uint8Array(samples.length * sampleBytes)
  const view = new DataView(bytes.buffer)
  for (const [index, sample] of samples.entries()) writeSample(view, index, sample)
  return bytes
}

function samplesOf(table: SampleTable): Sample[] {
  return Array.from({ length: table.length }, (_, index) => ({
    sentAt: table.sentAt(index),
    took: table.took(index),
    late: table.late(index),
    keeps: table.keeps(index),
    sequence: table.sequence(index),
    interaction: table.interaction(index),
    status: table.status(index),
    error: table.error(index),
  }))
}

const anySample = fc.record({
  sentAt: fc.oneof(
    fc.double({ min: 1.7e12, max: 1.7e12 + 5_000, noNaN: true }),
    fc.double({ min: 0, max: 4e12, noNaN: true }),
  ),
  took: fc.float({ min: 0, max: 10_000, noNaN: true }),
  late: fc.float({ min: 0, max: 10_000, noNaN: true }),
  keeps: fc.nat({ max: 0x7fff_ffff }),
  sequence: fc.nat({ max: 0xffff_ffff }),
  interaction: fc.nat({ max: 0xffff }),
  status: fc.nat({ max: 599 }),
  error: fc.nat({ max: 8 }),
})

test('property: what is written is read, sorted by when it was sent, and those of the same moment as they were', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'samples.bin')
  await fc.assert(
    fc.asyncProperty(fc.array(anySample, { maxLength: 60 }), async (samples) => {
      await writeFile(file, bytesOf(samples))
      expect(samplesOf(readSamples(file))).toEqual(samples.toSorted((a, b) => a.sentAt - b.sentAt))
    }),
  )
})

test('a last record that was cut short is left out', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'samples.bin')
  const sample = { sentAt: 2, took: 1, late: 0, keeps: 1, sequence: 1, interaction: 0, status: 200, error: 0 }
  await writeFile(file, bytesOf([sample, { ...sample, sentAt: 1 }]))
  await appendFile(file, bytesOf([sample]).subarray(0, 31))
  expect(samplesOf(readSamples(file)).map(({ sentAt }) => sentAt)).toEqual([1, 2])
})

test('no file, no samples; what is no file is an error', async () => {
  await using folder = await temporaryFolder()
  expect(readSamples(join(folder.path, 'samples.bin')).length).toBe(0)
  expect(() => readSamples(folder.path)).toThrow(`Failed to read "${folder.path}"`)
})

test('a million samples are sorted in a moment', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'samples.bin')
  const count = 1_000_000
  const bytes = new Uint8Array(count * sampleBytes)
  const view = new DataView(bytes.buffer)
  const sample = { took: 1, late: 0, keeps: 1, interaction: 0, status: 200, error: 0 }
  // Sent 0.5 ms apart; each seventh ends 900 ms later than its neighbours.
  for (let index = 0; index < count; index += 1) {
    const sentAt = 1.7e12 + index * 0.5 - (index % 7 === 0 ? 900.3 : 0)
    writeSample(view, index, { ...sample, sentAt, sequence: index })
  }
  await writeFile(file, bytes)
  const startedAt = performance.now()
  const table = readSamples(file)
  const took = performance.now() - startedAt
  let inOrder = 0
  for (let index = 1; index < count; index += 1) if (table.sentAt(index - 1) <= table.sentAt(index)) inOrder += 1
  expect(inOrder).toBe(count - 1)
  // It takes about 0.2 s; a comparing function would need more than this.
  expect(took).toBeLessThan(3_000)
})
