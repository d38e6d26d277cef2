import { defineContract } from 'brownout'
import { z } from 'zod'

export default defineContract({
  consumer: 'notifications',
  provider: 'orders',
  messages: {
    'order placed': { contents: z.object({ id: z.string(), order: z.int(), text: z.string() }) },
  },
})
