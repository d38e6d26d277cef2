/** What the keys of a terminal can do. */
export interface KeyActions {
  /** Number of a condition, from 1; 0: none. */
  choose(number: number): void
  /** Ctrl-C, which a terminal in raw mode hands on as a key. */
  interrupt(): void
  end(): void
}

/**
 * Understands keys: a number chooses as soon as no further digit could belong to it, or with Enter; `q` ends. `last` is the
 * greatest number.
 */
export function keyReader(last: number, { choose, interrupt, end }: KeyActions): (keys: string) => void {
  let digits = ''
  const commit = () => {
    const number = Number(digits)
    if (digits !== '' && number <= last) choose(number)
    digits = ''
  }
  const onKey = (key: string) => {
    if (!/\d/.test(key)) {
      if (key === '\r' || key === '\n') commit()
      digits = ''
      if (key === '\u0003') interrupt()
      if (key === 'q') end()
      return
    }
    digits += key
    if (digits === '0' || Number(digits) * 10 > last) commit()
  }
  // An escape sequence, as of an arrow, is no key of ours.
  return (keys) => keys.startsWith('\u001b') || [...keys].forEach(onKey)
}

/** The keyboard, if there is one; returns how to give it back. */
export function listenToKeys(input: NodeJS.ReadStream, onKeys: (keys: string) => void): () => void {
  if (!input.isTTY) return () => undefined
  const onData = (data: Buffer) => onKeys(data.toString())
  input.setRawMode(true)
  input.on('data', onData)
  input.resume()
  return () => {
    input.off('data', onData)
    input.setRawMode(false)
    input.pause()
  }
}
