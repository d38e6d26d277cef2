/** Customers whom the shop knows, for contracts and provider states. */
export const customers = [
  { user: 'ada', password: 'matt paper' },
  { user: 'ben', password: 'glossy sea' },
  { user: 'cleo', password: 'twelve pages' },
  { user: 'dan', password: 'empty page' },
  { user: 'eva', password: 'big format' },
  { user: 'finn', password: 'square album' },
  { user: 'gil', password: 'sorted by day' },
  { user: 'hana', password: 'delete first' },
  { user: 'ivo', password: 'three children' },
  { user: 'jana', password: 'linen cover' },
] as const
