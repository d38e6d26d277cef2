import { readFileSync } from 'node:fs'
import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import { sampleBytes, SampleTable } from './sample.ts'

/** Digits in a record. */
const step = sampleBytes / 2

/** Reads a file of samples and sorts them by `sentAt`; no samples when there is no file. */
export function readSamples(file: string): SampleTable {
  return new SampleTable(sortBySentAt(wholeRecords(file)))
}

function wholeRecords(file: string): Uint8Array<ArrayBuffer> {
  let bytes: Buffer<ArrayBuffer>
  try {
    bytes = readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Uint8Array(0)
    throw new BrownoutError('SAMPLES_UNREADABLE', `Failed to read "${file}": ${messageOf(error)}.`, {
      exitCode: exitCodes.usage,
      cause: error,
    })
  }
  return bytes.subarray(0, bytes.byteLength - (bytes.byteLength % sampleBytes))
}

/**
 * A radix sort on the four 16-bit digits of `sentAt` as they are in the file: positive doubles sort like unsigned
 * integers. A digit that is the same in all records costs one look; for the times of a run these are the upper two.
 */
function sortBySentAt(records: Uint8Array<ArrayBuffer>): Uint8Array {
  const count = records.byteLength / sampleBytes
  const digits = new Uint16Array(records.buffer, records.byteOffset, records.byteLength / 2)
  let order = new Uint32Array(count)
  for (let index = 0; index < count; index += 1) order[index] = index
  let next = new Uint32Array(count)
  for (let digit = 0; digit < 4; digit += 1) {
    const places = placesOf(digits, digit)
    if (!places) continue
    for (let at = 0; at < count; at += 1) {
      const index = order[at] ?? 0
      const value = digits[index * step + digit] ?? 0
      const place = places[value] ?? 0
      places[value] = place + 1
      next[place] = index
    }
    ;[order, next] = [next, order]
  }
  arrange(records, order)
  return records
}

/** Where the records with each value of a digit begin, once sorted by it; `null` when all have the same. */
function placesOf(digits: Uint16Array, digit: number): Uint32Array | null {
  const counts = new Uint32Array(2 ** 16)
  for (let at = digit; at < digits.length; at += step) {
    const value = digits[at] ?? 0
    counts[value] = (counts[value] ?? 0) + 1
  }
  if (counts.includes(digits.length / step)) return null
  let place = 0
  for (let value = 0; value < counts.length; value += 1) {
    const many = counts[value] ?? 0
    counts[value] = place
    place += many
  }
  return counts
}

/**
 * Puts at each place the record that `order` names for it, and uses `order` up. In place, one cycle of records that take
 * each other's places after the other: ten million of them are 320 MB, and not twice.
 */
function arrange(records: Uint8Array<ArrayBuffer>, order: Uint32Array): void {
  const words = sampleBytes / 4
  const all = new Uint32Array(records.buffer, records.byteOffset, order.length * words)
  const first = new Uint32Array(words)
  for (let start = 0; start < order.length; start += 1) {
    if (order[start] === start) continue
    first.set(all.subarray(start * words, (start + 1) * words))
    let at = start
    for (let from = order[at] ?? 0; from !== start; from = order[at] ?? 0) {
      for (let word = 0; word < words; word += 1) all[at * words + word] = all[from * words + word] ?? 0
      order[at] = at
      at = from
    }
    all.set(first, at * words)
    order[at] = at
  }
}
