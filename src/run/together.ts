/**
 * As `Promise.all` of what `begin` begins; `signal` goes to all of it, and aborts, too, as soon as one rejects. None is under
 * way any more when this settles.
 */
export async function together<Parts extends readonly unknown[] | []>(
  signal: AbortSignal,
  begin: (signal: AbortSignal) => Parts,
): Promise<{ -readonly [Index in keyof Parts]: Awaited<Parts[Index]> }> {
  const ended = new AbortController()
  const parts = begin(AbortSignal.any([signal, ended.signal]))
  try {
    return await Promise.all(parts)
  } finally {
    ended.abort()
    await Promise.allSettled(parts)
  }
}
