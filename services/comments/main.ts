import { Problem } from '../chassis/problem.ts'
import { createService } from '../chassis/service.ts'
import { commentsByArticle } from './comments.ts'

const { app, listen } = createService('comments')

app.get<{ Params: { id: string } }>('/articles/:id/comments', ({ params }) => {
  const comments = commentsByArticle.get(params.id)
  if (!comments) throw new Problem(404, 'No such article.')
  return { comments }
})

await listen()
