import type { Chunk, Effect, Outlet } from './toxic.ts'

/** The slice that went last. Timers are late, and what that costs is made up for. */
export interface Passed {
  at: number
  late: number
}

export interface Pace {
  /** Bytes of the next slice, given what is left of a chunk; asked once for each. */
  length(left: number): number
  /** When a slice of a chunk that arrived at `at` may go, ms of `performance.now()`; never is `Infinity`. */
  due(slice: Chunk, last: Passed): number
}

const mostMadeUpMs = 100

/** Other connections have their turn after so many slices. */
const mostInRow = 256

/** Holds chunks back and passes them on in slices, in order, each when it is due. */
export function inSlices(outlet: Outlet, pace: Pace): Effect {
  let queue: Chunk[] = []
  let length: number | undefined
  let last: Passed = { at: -Infinity, late: 0 }
  let ended = false
  let timer: NodeJS.Timeout | undefined

  const passWhatIsDue = () => {
    clearTimeout(timer)
    let inRow = 0
    for (let head = queue[0]; head; head = queue[0]) {
      length ??= pace.length(head.bytes.length)
      const slice = { bytes: head.bytes.subarray(0, length), at: head.at }
      const due = pace.due(slice, last)
      const now = performance.now()
      if (due > now || inRow++ === mostInRow) {
        if (due < Infinity) timer = setTimeout(passWhatIsDue, Math.max(1, Math.ceil(due - now)))
        return
      }
      const rest = head.bytes.subarray(length)
      if (rest.length > 0) queue[0] = { bytes: rest, at: head.at }
      else queue.shift()
      length = undefined
      last = { at: now, late: Math.min(now - due, mostMadeUpMs) }
      slice.at = Math.max(head.at, due)
      outlet.pass(slice)
    }
    if (ended) outlet.passEnd()
  }

  return {
    get held() {
      return queue.length
    },
    data(chunk) {
      queue.push(chunk)
      if (queue.length === 1) passWhatIsDue()
    },
    end() {
      ended = true
      if (queue.length === 0) outlet.passEnd()
    },
    updated: passWhatIsDue,
    release() {
      clearTimeout(timer)
      const held = queue
      queue = []
      return held
    },
  }
}
