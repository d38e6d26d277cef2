import { setTimeout as sleep } from 'node:timers/promises'
import { bulkhead } from 'cockatiel'
import { describe, draw, type Image, type Size } from './draw.ts'

const costMs = 40
const atOnce = 8
const mostWaiting = 64
const longestSide = 96

/**
 * Small pictures of large ones. A picture costs 40 ms, which a real one would spend in another thread; at eight at once that
 * makes two hundred a second.
 */
export class Thumbnails {
  readonly #places = bulkhead(atOnce, mostWaiting)
  #made = 0

  get made(): number {
    return this.#made
  }

  /** Rejects at once when too many wait already. */
  make(name: string, size: Size): Promise<Image> {
    return this.#places.execute(async () => {
      await sleep(costMs)
      const small = shrink(size)
      const image = describe(draw(name, small), small)
      this.#made++
      return image
    })
  }
}

function shrink({ width, height }: Size): Size {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
