import { type Chunk, type ToxicKind, milliseconds } from '../toxic.ts'

/** Resets the connection (RST) `timeout` ms after the first data, or the end, of its direction. Until then all is held. */
export const resetPeer: ToxicKind<'timeout'> = {
  type: 'reset_peer',
  attributes: { timeout: milliseconds },

  affect(attributes, outlet) {
    let kept: Chunk[] = []
    let since: number | undefined
    let timer: NodeJS.Timeout | undefined

    const resetWhenDue = () => {
      clearTimeout(timer)
      if (since === undefined) return
      const wait = since + attributes.timeout - performance.now()
      if (wait > 0) timer = setTimeout(resetWhenDue, Math.ceil(wait))
      else outlet.reset()
    }
    const begin = () => {
      if (since !== undefined) return
      since = performance.now()
      resetWhenDue()
    }

    return {
      get held() {
        return kept.length
      },
      data(chunk) {
        kept.push(chunk)
        begin()
      },
      end: begin,
      updated: resetWhenDue,
      release() {
        clearTimeout(timer)
        const held = kept
        kept = []
        return held
      },
    }
  },
}
