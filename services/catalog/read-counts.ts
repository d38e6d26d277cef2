const rememberedMs = 10_000
const secondMs = 1_000

/** What the store was asked for, told by `GET /effects`. A read is under way from when it is asked for, waiting included. */
export class ReadCounts {
  #storeReads = 0
  /** Album → its reads under way, where there are any. */
  readonly #underWay = new Map<number, number>()
  /** How many reads of one album were under way when one more was asked for, of the last ten seconds, oldest first. */
  #crowds: { at: number; size: number }[] = []

  /** Counts a read; to be called when it is done. */
  begin(album: number): () => void {
    const size = (this.#underWay.get(album) ?? 0) + 1
    this.#storeReads++
    this.#underWay.set(album, size)
    this.#crowds = [...this.#within(rememberedMs), { at: performance.now(), size }]
    return () => {
      const left = (this.#underWay.get(album) ?? 0) - 1
      if (left > 0) this.#underWay.set(album, left)
      else this.#underWay.delete(album)
    }
  }

  toJSON() {
    return {
      storeReads: this.#storeReads,
      readsOfTheLastSecond: this.#within(secondMs).length,
      readsUnderWay: [...this.#underWay.values()].reduce((sum, reads) => sum + reads, 0),
      mostReadsOfOneAlbumAtOnce: Math.max(0, ...this.#within(rememberedMs).map(({ size }) => size)),
    }
  }

  #within(lastMs: number) {
    const since = performance.now() - lastMs
    return this.#crowds.filter(({ at }) => at >= since)
  }
}
