import { defineContract } from 'brownout'
import { z } from 'zod'

export default defineContract({
  consumer: 'notifications',
  provider: 'orders',
  messages: {
    'order placed': {
      contents: z.object({
        id: z
          .string()
          .min(1)
          .meta({ examples: ['order-1'] }),
        order: z.int().positive(),
        text: z
          .string()
          .min(1)
          .meta({ examples: ['Your album is being printed.'] }),
      }),
    },
  },
})
