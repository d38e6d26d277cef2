import { inSlices } from '../slices.ts'
import { type ToxicKind, wholeNumber } from '../toxic.ts'

const sliceMs = 100

/**
 * Lets `rate` kB (1,000 bytes) a second through, in slices of 100 ms; 0 and less let nothing through. Every connection has
 * a line of its own.
 */
export const bandwidth: ToxicKind<'rate'> = {
  type: 'bandwidth',
  attributes: { rate: wholeNumber },
  // As it happens, kB a second are bytes a millisecond.
  affect: (attributes, outlet) =>
    inSlices(outlet, {
      length: () => Math.max(1, attributes.rate * sliceMs),
      due: ({ bytes, at }, last) =>
        attributes.rate > 0 ? Math.max(at, last.at) - last.late + bytes.length / attributes.rate : Infinity,
    }),
}
