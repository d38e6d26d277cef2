export interface Album {
  id: number
  title: string
  pages: number
  /** `amount` in hundredths of the currency. */
  price: { amount: number; currency: string }
}

/** Whether it is this album, whole. */
export function isAlbum(value: unknown, id: number): value is Album {
  const album = (value ?? {}) as Partial<Record<keyof Album, unknown>>
  const { amount, currency } = (album.price ?? {}) as Partial<Record<keyof Album['price'], unknown>>
  return (
    album.id === id &&
    typeof album.title === 'string' &&
    typeof album.pages === 'number' &&
    typeof amount === 'number' &&
    typeof currency === 'string'
  )
}

const euros = (amount: number) => ({ amount, currency: 'EUR' })

export const albums: readonly Album[] = [
  { id: 1, title: 'A week by the lake', pages: 24, price: euros(2_490) },
  { id: 2, title: 'First year', pages: 52, price: euros(4_990) },
  { id: 3, title: 'Grandmother at ninety', pages: 36, price: euros(3_690) },
  { id: 4, title: 'The long way to the sea', pages: 48, price: euros(4_590) },
  { id: 5, title: 'Four seasons, one tree', pages: 16, price: euros(1_990) },
  { id: 6, title: 'The old kitchen', pages: 20, price: euros(2_190) },
  { id: 7, title: 'Class of the river school', pages: 40, price: euros(3_990) },
  { id: 8, title: 'Wedding in the rain', pages: 64, price: euros(6_490) },
  { id: 9, title: 'Mountains without names', pages: 44, price: euros(4_290) },
  { id: 10, title: 'The dog and the garden', pages: 12, price: euros(1_690) },
  { id: 11, title: 'Night trains', pages: 28, price: euros(2_890) },
  { id: 12, title: 'Everybody at the table', pages: 32, price: euros(3_290) },
]
