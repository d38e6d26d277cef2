import { type Chunk, type ToxicKind, milliseconds } from '../toxic.ts'

/**
 * Delays each chunk by `latency` ± `jitter` ms from its arrival, in order, without dividing the throughput. Neither
 * connecting nor closing is delayed, save that the end comes after the data.
 */
export const latency: ToxicKind<'latency' | 'jitter'> = {
  type: 'latency',
  attributes: { latency: milliseconds, jitter: milliseconds },

  affect(attributes, outlet) {
    let queue: { chunk: Chunk; draw: number }[] = []
    let ended = false
    let timer: NodeJS.Timeout | undefined

    const passWhatIsDue = () => {
      clearTimeout(timer)
      for (let head = queue[0]; head; head = queue[0]) {
        const { chunk, draw } = head
        const due = chunk.at + attributes.latency + draw * Math.max(0, attributes.jitter)
        const wait = due - performance.now()
        if (wait > 0) {
          timer = setTimeout(passWhatIsDue, Math.ceil(wait))
          return
        }
        queue.shift()
        chunk.at = Math.max(chunk.at, due)
        outlet.pass(chunk)
      }
      if (ended) outlet.passEnd()
    }

    return {
      // As many as Toxiproxy's buffer takes.
      room: 1_024,
      get held() {
        return queue.length
      },
      data(chunk) {
        queue.push({ chunk, draw: outlet.random.next() * 2 - 1 })
        if (queue.length === 1) passWhatIsDue()
      },
      end() {
        ended = true
        if (queue.length === 0) outlet.passEnd()
      },
      updated: passWhatIsDue,
      release() {
        clearTimeout(timer)
        const held = queue.map(({ chunk }) => chunk)
        queue = []
        return held
      },
    }
  },
}
