import { inSlices } from '../slices.ts'
import { type ToxicKind, microseconds, wholeNumber } from '../toxic.ts'

/**
 * Cuts chunks into slices of `average_size` ± `size_variation` bytes, `delay` µs from one to the next. A size below 1 is
 * 1, a variation below 0 none.
 */
export const slicer: ToxicKind<'average_size' | 'size_variation' | 'delay'> = {
  type: 'slicer',
  attributes: { average_size: wholeNumber, size_variation: wholeNumber, delay: microseconds },

  affect(attributes, outlet) {
    /** The chunk is halved, its first half is, and so on: what comes after the slice at its beginning, from back to front. */
    const later: number[] = []

    return inSlices(outlet, {
      length(left) {
        const size = Math.max(1, attributes.average_size)
        const variation = Math.max(0, attributes.size_variation)
        let length = later.pop() ?? left
        while (length - size > variation) {
          const middle = Math.floor(length / 2) + outlet.random.below(2 * variation + 1) - variation
          const first = Math.min(Math.max(1, middle), length - 1)
          later.push(length - first)
          length = first
        }
        return length
      },
      due: ({ at }, last) => Math.max(at, last.at - last.late + attributes.delay / 1_000),
    })
  },
}
