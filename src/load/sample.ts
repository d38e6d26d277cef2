/**
 * A sample is one response, in 32 little-endian bytes. It knows nothing of phases and promises.
 *
 * | offset | type | field                                                                    |
 * |--------|------|--------------------------------------------------------------------------|
 * | 0      | f64  | sentAt: ms since the epoch on the run's clock, when it was really sent    |
 * | 8      | f32  | took: ms from the sending, connecting included, to the end of the answer  |
 * | 12     | f32  | late: ms from when it was meant to be sent to when it was                 |
 * | 16     | u32  | keeps: which halves of its interaction's contract it keeps, bit by bit    |
 * | 20     | u32  | sequence: number of the arrival; the request id is `<run>-<sequence>`     |
 * | 24     | u16  | interaction: its id in the stored terms                                   |
 * | 26     | u16  | status: HTTP status, 0 when there was none                                |
 * | 28     | u8   | error: index in `transportErrors`, 0 when there was an answer             |
 * | 29     | –    | three bytes of zero                                                       |
 */
export const sampleBytes = 32

/** Why there was no answer. The order is part of the format: append, never insert. */
export const transportErrors = [
  'none',
  'refused',
  'reset',
  'closed',
  'timeout',
  'unreachable',
  'protocol',
  'too large',
  'other',
] as const
export type TransportError = (typeof transportErrors)[number]

export interface Sample {
  sentAt: number
  took: number
  late: number
  keeps: number
  sequence: number
  interaction: number
  status: number
  error: number
}

/** Writes `sample` as record number `index` of `view`. */
export function writeSample(view: DataView, index: number, sample: Sample): void {
  const at = index * sampleBytes
  view.setFloat64(at, sample.sentAt, true)
  view.setFloat32(at + 8, sample.took, true)
  view.setFloat32(at + 12, sample.late, true)
  view.setUint32(at + 16, sample.keeps, true)
  view.setUint32(at + 20, sample.sequence, true)
  view.setUint16(at + 24, sample.interaction, true)
  view.setUint16(at + 26, sample.status, true)
  view.setUint32(at + 28, sample.error, true)
}

/** Stored samples, read in place. A last record that was cut short (a run that was killed) is left out. */
export class SampleTable {
  readonly length: number
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.length = Math.floor(bytes.byteLength / sampleBytes)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, this.length * sampleBytes)
  }

  sentAt(index: number): number {
    return this.#view.getFloat64(index * sampleBytes, true)
  }
  took(index: number): number {
    return this.#view.getFloat32(index * sampleBytes + 8, true)
  }
  late(index: number): number {
    return this.#view.getFloat32(index * sampleBytes + 12, true)
  }
  keeps(index: number): number {
    return this.#view.getUint32(index * sampleBytes + 16, true)
  }
  sequence(index: number): number {
    return this.#view.getUint32(index * sampleBytes + 20, true)
  }
  interaction(index: number): number {
    return this.#view.getUint16(index * sampleBytes + 24, true)
  }
  status(index: number): number {
    return this.#view.getUint16(index * sampleBytes + 26, true)
  }
  error(index: number): number {
    return this.#view.getUint8(index * sampleBytes + 28)
  }
}

/** The id that goes with a request and through the services' logs. */
export function requestId(run: string, sequence: number): string {
  return `${run}-${sequence}`
}
