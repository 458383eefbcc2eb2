import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DrawInfo } from '../wire/types'
import { holds, recomputed, shell } from './draw'
import { groups } from './groups'

const byNode = (text: string) => createHash('sha256').update(text).digest('hex')
const secret = byNode('a secret')
const called = ['7', '42', "it's 3", '八十八']
const pitches = Array.from({ length: 40 }, (_, at) => `R1-P${at + 1}`)

/** As the server has it: domain/draw.rs. */
function drawn(pitches: string[]): DrawInfo {
  const seed = [secret, ...called].join('|')
  const lot = (pitch: string) => byNode(`roadshow-lot-v1\0${seed}\0${pitch.slice(3)}`)
  const order = [...pitches].sort((a, b) => (lot(a) < lot(b) ? -1 : 1))
  return { hash: byNode(secret), committed: 0, called, pitches, secret, order }
}

test('the lots are those of the published vectors', () => {
  const path = join(import.meta.dirname, '../../../tests/fixtures/scoring/lot_vectors_public.json')
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as {
    cases: { seed: string; ids: string[]; order_best_first: string[] }[]
  }
  for (const { seed, ids, order_best_first } of cases) {
    const [secret, ...called] = seed.split('|')
    const draw = { hash: '', committed: 0, called, pitches: ids.map((id) => `R1-${id}`), secret: secret!, order: [] }
    expect(recomputed(draw)?.order).toEqual(order_best_first.map((id) => `R1-${id}`))
  }
})

test('computed again, it holds; with another number, order or secret it does not', () => {
  const draw = drawn(pitches)
  expect(holds(draw)).toBe(true)
  // Of texts of every length, in any script.
  for (const secret of ['', 'abc', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), '亮分'.repeat(500), 'a\0b'])
    expect(recomputed({ ...draw, secret })?.hash).toBe(byNode(secret))
  expect(holds({ ...draw, called: ['7', '42'] })).toBe(false)
  expect(holds({ ...draw, order: draw.pitches })).toBe(false)
  expect(holds({ ...draw, secret: byNode('another') })).toBe(false)
  const { secret: _, ...committed } = draw
  expect([holds(committed), shell(committed)]).toEqual([undefined, []])
})

/** The same draw as in tests/fixtures/rules/draw.txt: a place of a track stays one. */
const secretOfTheRules = '4b8f0c1d2e3a49586776a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0'
const byTrack: DrawInfo = {
  hash: byNode(secretOfTheRules),
  committed: 0,
  called: ['8'],
  pitches: ['R1-P1', 'R1-P2', 'R1-P3', 'R1-P4', 'R1-P5'],
  tracks: ['T1', 'T2', 'T1', 'T2', 'T1'],
  secret: secretOfTheRules,
  order: ['R1-P5', 'R1-P2', 'R1-P3', 'R1-P4', 'R1-P1'],
}

test('where places are counted by track each is drawn among its own', () => {
  expect(holds(byTrack)).toBe(true)
  const { tracks: _, ...together } = byTrack
  expect(holds(together)).toBe(false)
  const said = execFileSync('bash', ['-c', shell(byTrack).join('\n')], { encoding: 'utf8' })
  const drawn = said.trim().split('\n').slice(1)
  expect(drawn.map((line) => `R1-${line.split(' ').at(-1)}`)).toEqual(
    ['T1', 'T2'].flatMap((track) =>
      byTrack.order.filter((pitch) => byTrack.tracks![byTrack.pitches.indexOf(pitch)] === track),
    ),
  )
})

test('the lines that the page shows say the same in bash', () => {
  for (const draw of [drawn(pitches), drawn(['R1-P3', 'R1-P12']), { ...drawn(pitches.slice(0, 3)), called: [] }]) {
    const again = recomputed(draw)!
    const said = execFileSync('bash', ['-c', shell(draw).join('\n')], { encoding: 'utf8' })
      .trim()
      .split('\n')
    expect(said[0]).toBe(`${draw.hash}  -`)
    expect(said.slice(1).map((line) => line.split(' ').at(-1))).toEqual(again.order.map((pitch) => pitch.slice(3)))
  }
})

test('groups that an eye can hold', () => {
  expect(groups('0123456789abcdef')).toEqual(['0123', '4567', '89ab', 'cdef'])
  expect(groups('')).toEqual([])
})
