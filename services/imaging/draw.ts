import { createHash } from 'node:crypto'
import { encode } from 'fast-png'

export interface Size {
  width: number
  height: number
}

/** What is told of a picture that was rendered; `bytes` is the size of its PNG. */
export interface Image extends Size {
  sha256: string
  bytes: number
}

/** Draws a sky and a sun; each subject has colours of its own, and always the same. */
export function draw(subject: string, { width, height }: Size): Uint8Array {
  const chance = createHash('sha256').update(subject).digest()
  const [top, bottom, sun] = [chance.subarray(0, 3), chance.subarray(3, 6), chance.subarray(6, 9)]
  const [sunX, sunY] = [(chance.readUInt8(9) / 255) * width, (chance.readUInt8(10) / 255) * height]
  const radius = Math.min(width, height) / 4
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const sky = top.map((colour, channel) => colour + (bottom.readUInt8(channel) - colour) * (y / height))
    for (let x = 0; x < width; x++) data.set(Math.hypot(x - sunX, y - sunY) < radius ? sun : sky, (y * width + x) * 3)
  }
  return encode({ width, height, data, channels: 3 })
}

export function describe(png: Uint8Array, { width, height }: Size): Image {
  return { sha256: createHash('sha256').update(png).digest('hex'), width, height, bytes: png.length }
}
