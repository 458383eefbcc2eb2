import { expect, test } from 'vitest'
import { deviceName, minutes } from './time'

test('times as people read them', () => {
  expect([0, 5, 65, 600].map(minutes)).toEqual(['0:00', '0:05', '1:05', '10:00'])
})

test('a device in two words; what is unknown as it is', () => {
  const windows =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
  expect(deviceName(windows)).toBe('Chrome, Windows')
  expect(deviceName(`${windows} Edg/126.0`)).toBe('Edge, Windows')
  expect(deviceName('Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1')).toBe(
    'Safari, iPad',
  )
  expect(deviceName('Mozilla/5.0 (Linux; Android 14; Tablet) Firefox/127.0')).toBe('Firefox, Android')
  expect(deviceName('')).toBe('')
  expect(deviceName('own program')).toBe('own program')
})
