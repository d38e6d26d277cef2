import { type ToxicKind, milliseconds } from '../toxic.ts'

/** Passes the data as it comes, and the end of its direction `delay` ms after it came. */
export const slowClose: ToxicKind<'delay'> = {
  type: 'slow_close',
  attributes: { delay: milliseconds },

  affect(attributes, outlet) {
    let endedAt: number | undefined
    let timer: NodeJS.Timeout | undefined

    const endWhenDue = () => {
      clearTimeout(timer)
      if (endedAt === undefined) return
      const wait = endedAt + attributes.delay - performance.now()
      if (wait > 0) {
        timer = setTimeout(endWhenDue, Math.ceil(wait))
        return
      }
      endedAt = undefined
      outlet.passEnd()
    }

    return {
      data: (chunk) => outlet.pass(chunk),
      end() {
        endedAt = performance.now()
        endWhenDue()
      },
      updated: endWhenDue,
      release() {
        clearTimeout(timer)
        return []
      },
    }
  },
}
