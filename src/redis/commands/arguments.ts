import { ReplyError } from '../reply.ts'

const most = 2n ** 63n - 1n
const least = -(2n ** 63n)

/** A 64-bit integer, written as Redis insists: no spaces, no `+`, no leading zeros. */
export function integer(arg: Buffer): bigint {
  const text = arg.toString('latin1')
  const value = /^(?:0|-?[1-9]\d{0,18})$/.test(text) ? BigInt(text) : null
  if (value === null || !fits(value)) throw new ReplyError('ERR value is not an integer or out of range')
  return value
}

export function fits(value: bigint): boolean {
  return value >= least && value <= most
}

/** A keyword, in upper case. */
export function keyword(arg: Buffer): string {
  return arg.toString('latin1').toUpperCase()
}

/** Neighbours as pairs: `[field, value, field, value]`. The number of arguments must be even. */
export function pairs(args: readonly Buffer[]): [Buffer, Buffer][] {
  const found: [Buffer, Buffer][] = []
  args.forEach((arg, index) => {
    const partner = args[index + 1]
    if (index % 2 === 0 && partner) found.push([arg, partner])
  })
  return found
}

export function syntaxError(): ReplyError {
  return new ReplyError('ERR syntax error')
}
