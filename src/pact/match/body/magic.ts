import { contentOfText } from './content-of-text.ts'

/** How data of a type begin, in hexadecimal; `..` is any byte. The first that fits counts. */
const beginnings: readonly (readonly [type: string, beginning: RegExp])[] = (
  [
    ['image/png', '89504e470d0a1a0a'],
    ['image/jpeg', 'ffd8ff'],
    ['image/gif', '474946'],
    ['image/webp', '52494646........57454250'],
    ['image/bmp', '424d'],
    ['image/tiff', '(49492a00|4d4d002a)'],
    ['image/vnd.microsoft.icon', '00000100'],
    ['application/pdf', '25504446'],
    ['application/zip', '504b0(304|506|708)'],
    ['application/gzip', '1f8b08'],
    ['application/x-bzip2', '425a68'],
    ['application/x-7z-compressed', '377abcaf271c'],
    ['application/wasm', '0061736d01000000'],
    ['application/font-woff', '774f4646'],
    ['audio/mpeg', '(494433|fffb)'],
    ['audio/ogg', '4f676753'],
    ['audio/x-flac', '664c6143'],
    ['audio/x-wav', '52494646........57415645'],
    ['video/webm', '1a45dfa3'],
    ['video/mp4', '........66747970(69736f6d|6d703432|69736f32|61766331|4d345620)'],
  ] as const
).map(([type, beginning]) => [type, new RegExp(`^${beginning}`)])

export const knownByTheirFirstBytes: ReadonlySet<string> = new Set(beginnings.map(([type]) => type))

/** The content type that data seem to have: by their first bytes, else by their text, else `application/octet-stream`. */
export function contentOf(data: Uint8Array): string {
  const beginning = Buffer.from(data.subarray(0, 16)).toString('hex')
  const type = beginnings.find(([, pattern]) => pattern.test(beginning))?.[0]
  if (type !== undefined) return type
  const text = textOfBytes(data)
  return text === null ? 'application/octet-stream' : contentOfText(text)
}

/** `null` when the bytes are no UTF-8. */
export function textOfBytes(data: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data)
  } catch {
    return null
  }
}
