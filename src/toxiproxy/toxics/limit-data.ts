import { type ToxicKind, wholeNumber } from '../toxic.ts'

/** Closes the connection after `bytes` bytes, counted since the toxic is there; 0 and less close it at the first data. */
export const limitData: ToxicKind<'bytes'> = {
  type: 'limit_data',
  attributes: { bytes: wholeNumber },

  affect(attributes, outlet) {
    let passed = 0
    return {
      data({ bytes, at }) {
        const within = bytes.subarray(0, Math.max(0, attributes.bytes - passed))
        passed += within.length
        if (within.length > 0) outlet.pass({ bytes: within, at })
        if (passed >= attributes.bytes) outlet.close()
      },
    }
  },
}
