export interface Comment {
  author: string
  text: string
}

export const commentsByArticle: ReadonlyMap<string, readonly Comment[]> = new Map([
  [
    '1',
    [
      { author: 'Ada', text: 'The matt paper hides every fingerprint.' },
      { author: 'Ben', text: 'Glossy for the sea, matt for the faces.' },
    ],
  ],
  [
    '2',
    [
      { author: 'Cleo', text: 'Twelve pages were plenty for a week by the lake.' },
      { author: 'Dan', text: 'I always leave the last page empty.' },
    ],
  ],
  [
    '3',
    [
      { author: 'Eva', text: 'My grandmother likes the big format best.' },
      { author: 'Finn', text: 'Square albums fit my shelf.' },
    ],
  ],
  [
    '4',
    [
      { author: 'Gil', text: 'Sorting by day saved me an evening.' },
      { author: 'Hana', text: 'Delete first, then sort.' },
    ],
  ],
  [
    '5',
    [
      { author: 'Ivo', text: 'The cover survived three children.' },
      { author: 'Jana', text: 'Linen, and never anything else.' },
    ],
  ],
])
