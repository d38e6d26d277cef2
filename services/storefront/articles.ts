export interface Article {
  id: number
  title: string
  text: string
}

const all: readonly Article[] = [
  { id: 1, title: 'Matt or glossy?', text: 'Light, fingers and frames: how to choose the paper.' },
  { id: 2, title: 'How many pages?', text: 'Three pictures a page, and one page that breathes.' },
  { id: 3, title: 'Which format?', text: 'Measure the shelf before you order the album.' },
  { id: 4, title: 'Sorting a thousand pictures', text: 'By day, then by face, then by heart.' },
  { id: 5, title: 'Covers that last', text: 'Linen, leather, and what children do to both.' },
]

export const articles: ReadonlyMap<string, Article> = new Map(all.map((article) => [String(article.id), article]))
