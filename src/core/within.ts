/** What `promise` brings within `ms`, else `null`. Leaves no timer behind that would keep the runner from ending. */
export async function settled<Value>(ms: number, promise: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null)
  })
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(timer)
  }
}

/** What `promise` brings within `ms`; rejects with `late()` otherwise. */
export async function within<Value>(ms: number, promise: Promise<Value>, late: () => Error): Promise<Value> {
  const value = await settled(
    ms,
    promise.then((result) => ({ result })),
  )
  if (value === null) throw late()
  return value.result
}
