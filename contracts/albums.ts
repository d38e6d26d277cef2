/** Albums which the shop prints, for contracts. */
export const albums = Array.from({ length: 12 }, (_, index) => ({ album: index + 1 }))
