import type { ToxicKind } from '../toxic.ts'

/** Passes everything; the file to copy for a new toxic. */
export const noop: ToxicKind<never> = {
  type: 'noop',
  attributes: {},
  affect: (_attributes, outlet) => ({ data: (chunk) => outlet.pass(chunk) }),
}
