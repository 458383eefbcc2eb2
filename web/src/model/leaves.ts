// How a sheet is parted into pages: between rows, never within one; the heading of a table stands on every page of it. Pure.

/** What is not parted: a row of a table, a line of signatures, a paragraph. Heights are in the page's own units. */
export interface Piece {
  /** Which part of the sheet it belongs to. */
  part: number
  /** Which row of that part. */
  row: number
  height: number
  /** What stands above the first of its part on a page: a table's heading. */
  head: number
  /** It is never the last on a page: a title stays with what follows it. */
  leads: boolean
}

/** The pieces of each page, in order. One that is larger than a page has a page of its own. */
export function leaves(pieces: Piece[], room: number): Piece[][] {
  const pages: Piece[][] = []
  let page: Piece[] = []
  let used = 0
  const take = (piece: Piece) => {
    used += cost(page, piece)
    page.push(piece)
  }
  for (const piece of pieces) {
    if (page.length > 0 && used + cost(page, piece) > room) {
      // What leads goes along to the next page, unless the page is nothing else.
      let at = page.length
      while (at > 0 && page[at - 1]!.leads) at -= 1
      const along = at > 0 ? page.splice(at) : []
      pages.push(page)
      page = []
      used = 0
      along.forEach(take)
    }
    take(piece)
  }
  if (page.length > 0) pages.push(page)
  return pages
}

function cost(page: Piece[], piece: Piece): number {
  const begins = page[page.length - 1]?.part !== piece.part
  return piece.height + (begins ? piece.head : 0)
}

/** Parts of a page with the rows that stand on it. */
export function runs(page: Piece[]): { part: number; from: number; to: number }[] {
  const runs: { part: number; from: number; to: number }[] = []
  for (const { part, row } of page) {
    const last = runs[runs.length - 1]
    if (last && last.part === part) last.to = row + 1
    else runs.push({ part, from: row, to: row + 1 })
  }
  return runs
}

/** So many columns in equal blocks, none with more than `most`. */
export function blocks<T>(all: T[], most: number): T[][] {
  const count = Math.ceil(all.length / most)
  const each = Math.ceil(all.length / Math.max(1, count))
  return Array.from({ length: count }, (_, at) => all.slice(at * each, (at + 1) * each))
}
