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

/** Settles as `promise` does, or rejects as soon as `signal` aborts. */
export async function unlessAborted<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> {
  signal.throwIfAborted()
  let abort: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new Error('the run is over', { cause: signal.reason }))
  })
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** As `Promise.all`, but none is under way any more when it rejects: an undo must not be overtaken by what it undoes. */
export async function allDone<Value>(promises: readonly Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}
