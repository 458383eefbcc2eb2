import { expect, test } from 'vitest'
import type { StandingRow } from '../wire/types'
import { lists, moved } from './lists'
import { boardPages, listOf, ofTrack, pages } from './standings'

const row = (n: number, place?: number, was?: number) => ({
  pitch: `P${n}`,
  score: `${90 - n}.00`,
  k: 7,
  ...(place ? { place } : {}),
  ...(was ? { was } : {}),
})
const projects = { P1: { track: 'a' }, P2: { track: 'b' }, P3: { track: 'b' }, P4: { track: 'b' }, P5: { track: 'a' } }

test('a track counts its places anew; shared ones stay shared, who has none has none', () => {
  const rows = [row(1, 1), row(2, 2), row(3, 2), row(4, 4), row(5)]
  const found = (track?: string) => ofTrack(rows, projects, track).map(({ pitch, place }) => `${pitch} ${place ?? '-'}`)
  expect(found('b')).toEqual(['P2 1', 'P3 1', 'P4 3'])
  expect(found('a')).toEqual(['P1 1', 'P5 -'])
  expect(found('c')).toEqual([])
  expect(found()).toHaveLength(5)
})

test('who moved by the newest change, overall and within a track', () => {
  const standings = [row(2, 1, 2), row(5, 2), row(3, 3, 3), row(1, 4, 1), row(4, undefined, 4)]
  const found = (track?: string) =>
    ofTrack(standings, projects, track).map((one) => `${one.pitch} ${moved(one) ?? '-'}`)
  expect(found()).toEqual(['P2 1', 'P5 -', 'P3 -', 'P1 -3', 'P4 -'])
  // Without P1, which is of the other track, P2 has been first all the time.
  expect(found('b')).toEqual(['P2 -', 'P3 -', 'P4 -'])
  expect(found('a')).toEqual(['P5 -', 'P1 -1'])
})

test('a track says of a tie what holds within it', () => {
  const by = (step: string) => ({ tie: { step } })
  const tied = [
    { ...row(1, 1), score: '85.00', ...by('median') },
    { ...row(2, 2), score: '85.00', ...by('median') },
    { ...row(3, 3), score: '85.00', ...by('countback') },
    { ...row(4, 4), score: '85.00', ...by('countback') },
    { ...row(5, 5), score: '80.00' },
  ]
  const of = (tracks: string) => {
    const projects = Object.fromEntries(tied.map(({ pitch }, at) => [pitch, { track: tracks[at]! }]))
    return ofTrack(tied, projects, 'a').map((one) => `${one.pitch} ${one.tie?.step ?? '-'}`)
  }
  expect(of('aabba')).toEqual(['P1 median', 'P2 median', 'P5 -'])
  // Who is beside it now was not beside it then.
  expect(of('ababa')).toEqual(['P1 same', 'P3 same', 'P5 -'])
  expect(of('abbba')).toEqual(['P1 -', 'P5 -'])
  const shared = tied.map((one, at) => ({ ...one, place: at < 3 ? 1 : at + 1, ...(at < 3 ? by('share') : {}) }))
  const projects = Object.fromEntries(shared.map(({ pitch }, at) => [pitch, { track: 'abaaa'[at]! }]))
  expect(ofTrack(shared, projects, 'a').map((one) => `${one.place} ${one.tie?.step ?? '-'}`)).toEqual([
    '1 share',
    '1 share',
    '3 countback',
    '4 -',
  ])
})

test('ten rows a page', () => {
  const rows = Array.from({ length: 21 }, (_, at) => row(at + 1, at + 1))
  expect(pages(rows).map((page) => page.length)).toEqual([10, 10, 1])
  expect(pages([])).toEqual([[]])
})

test('the board’s pages: ten rows at most, fewer where names are long; the newest row stands on each', () => {
  const rows = Array.from({ length: 23 }, (_, at) => row(at + 1, at + 1))
  const told = (need: number, host: number, latest?: string, room = 10) => {
    const { pages, first } = boardPages(rows, () => need, room, host, latest)
    return [pages.map((page) => page.map(({ pitch }) => pitch.slice(1)).join(' ')), first]
  }
  expect(told(1, 0)).toEqual([['1 2 3 4 5 6 7 8 9 10', '11 12 13 14 15 16 17 18 19 20', '21 22 23'], 0])
  expect(told(1, 0, 'P12')).toEqual([['1 2 3 4 5 6 7 8 9 12', '10 11 12 13 14 15 16 17 18', '19 20 21 22 23 12'], 1])
  // The host's second page, whose names need two pictures.
  expect(told(2, 2, 'P1')).toEqual([['11 12 13 14 15', '16 17 18 19 20'], 0])
  // A row that is higher than the picture has one of its own.
  expect(told(30, 3)).toEqual([['21', '22', '23'], 0])
  expect(boardPages([], () => 1, 10, 0, 'P1').pages).toEqual([[]])
})

test('lists are as the server ranks them, those of the tracks and that of all', () => {
  const ranked = (n: number, place: number, track?: string): StandingRow => ({
    ...row(n, place),
    ...(track ? { track } : {}),
  })
  const standings = [ranked(1, 1), ranked(3, 2), ranked(2, 3)]
  const track_standings = [ranked(1, 1, 'a'), ranked(3, 1, 'b'), ranked(2, 2, 'b')]
  const both = { standings, track_standings, projects }
  const found = (show: Parameters<typeof listOf>[0], track?: string) =>
    listOf(show, track).map((one) => `${one.place} ${one.pitch}`)
  expect(found(both)).toEqual(['1 P1', '2 P3', '3 P2'])
  expect(found(both, 'b')).toEqual(['1 P3', '2 P2'])
  expect(found({ ...both, standings: track_standings, track_standings: [] }, 'a')).toEqual(['1 P1'])
  expect(lists([...standings, ...track_standings]).map((list) => `${list.track ?? 'all'} ${list.rows.length}`)).toEqual(
    ['all 3', 'a 1', 'b 2'],
  )
})
