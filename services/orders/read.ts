import { Problem } from '../chassis/problem.ts'
import type { Image } from './jobs.ts'
import type { Wish } from './orders.ts'

const mostCopies = 100

export function readWish(body: unknown): Wish {
  const { album, copies } = fieldsOf(body)
  if (!isCount(album) || !isCount(copies) || copies > mostCopies)
    throw new Problem(400, `An order needs an album and a number of copies, ${mostCopies} at most.`)
  return { album, copies }
}

export function readClaim(body: unknown): { worker: string } {
  const { worker } = fieldsOf(body)
  if (typeof worker !== 'string' || worker === '') throw new Problem(400, 'A claim needs a worker.')
  return { worker }
}

export function readCompletion(body: unknown): { lease: string; image: Image | null } {
  const { lease, image } = fieldsOf(body)
  if (typeof lease !== 'string') throw new Problem(400, 'A completion needs a lease.')
  if (image === null) return { lease, image }
  const { sha256, width, height, bytes } = fieldsOf(image)
  if (typeof sha256 !== 'string' || !isCount(width) || !isCount(height) || !isCount(bytes))
    throw new Problem(400, 'An image needs sha256, width, height and bytes.')
  return { lease, image: { sha256, width, height, bytes } }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}
