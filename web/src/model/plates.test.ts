import { expect, test } from 'vitest'
import en from '../text/host/en.json'
import zh from '../text/host/zh.json'
import type { PhaseName, PlatesInfo, PublicView, SceneName } from '../wire/types'
import { platesSeen } from './plates'

const plates = (step: PlatesInfo['step'], pitch = 'R1-P1') =>
  ({
    pitch,
    step,
    plates: [
      { judge: 'J1', name: 'A' },
      { judge: 'J2', name: 'B' },
      { judge: 'J3', name: 'C', without: 'recused' },
    ],
    mean: true,
  }) as PlatesInfo
const seen = (phase: PhaseName, up?: PlatesInfo, announcing = true, scene: SceneName = 'pitch') =>
  platesSeen({
    scene,
    stage: { pitch: 'R1-P1', phase, since: 0, ...(announcing ? { announcing } : {}) },
    ...(up ? { plates: up } : {}),
  } as PublicView)?.is

test.each([
  ['before anything is announced', seen('closed', undefined, false), undefined],
  ['announced, no plates turn', seen('closed'), 'down'],
  ['face down', seen('closed', plates({ turned: 0 })), 'down'],
  ['one of two that can turn', seen('closed', plates({ turned: 1 })), 'some'],
  ['all that can turn', seen('closed', plates({ turned: 2 })), 'turned'],
  ['struck', seen('closed', plates('struck')), 'struck'],
  ['the score stands', seen('closed', plates('scored')), 'scored'],
  ['the score is out', seen('revealed', plates('scored'), false), undefined],
  ['the score is out, a correction is announced', seen('revealed', undefined, true), undefined],
  ['plates of another pitch', seen('scoring', plates('struck', 'R1-P2'), false), undefined],
])('%s', (_what, is, expected) => expect(is).toBe(expected))

test('where the hall sees another picture, no step is said to be on the screen', () => {
  const scenes: SceneName[] = [
    'cover',
    'on-deck',
    'segment',
    'timer',
    'draw',
    'leaderboard',
    'podium',
    'black',
    'reveal',
  ]
  for (const scene of [...scenes, 'vote', 'message', 'logo', 'signed'] as SceneName[]) {
    for (const step of [{ turned: 0 }, { turned: 1 }, { turned: 2 }, 'struck', 'scored'] as PlatesInfo['step'][]) {
      expect(seen('closed', plates(step), true, scene), scene).toBe('hidden')
    }
    expect(seen('revealed', plates('scored'), false, scene)).toBeUndefined()
  }
})

test('every step has its own sentence in both languages', () => {
  for (const text of [zh, en] as Record<string, string>[]) {
    const said = ['down', 'some', 'turned', 'struck', 'scored', 'hidden'].map((is) => text[`host.plates.${is}`])
    expect(new Set(said).size).toBe(6)
    expect(said.every(Boolean)).toBe(true)
  }
})
