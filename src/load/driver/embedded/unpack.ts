import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { bodyLimitBytes } from '../../answers/ending.ts'

const unpackers: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}

/**
 * A body as it was before it was compressed. It is asked for as it is, but some services compress all the same, and
 * k6 unpacks what they send: so do we. Encodings that are none of these are left. Throws when it is not what it says, or
 * larger than a body may be (`ERR_BUFFER_TOO_LARGE`).
 */
export function unpack(body: Buffer, encodings: string): Buffer {
  if (body.length === 0) return body
  let unpacked = body
  for (const encoding of encodings.split(',').toReversed()) {
    const unpacker = unpackers[encoding.trim()]
    if (unpacker) unpacked = unpacker(unpacked, { maxOutputLength: bodyLimitBytes })
  }
  return unpacked
}
