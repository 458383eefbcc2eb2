// One press of undo takes back one action, the one whose words are shown, however the views were cut.
import { expect, test, vi } from 'vitest'
import type { ActionInfo, ClientCommand, HostView } from '../wire/types'
import type { Feed } from './feed.svelte'

const called = (action: number, undone = false) =>
  ({ action, undone, at: 0, what: 'number-called' }) as unknown as ActionInfo
const view = (...history: ActionInfo[]) =>
  ({ run: 1, history, cues: [], presence: { consoles: [] }, hall: { contest: {} } }) as unknown as HostView

/** A line without a server; what is given is kept, and time stands still long after every action. */
function line() {
  const given: ClientCommand[] = []
  const feed = {
    view: undefined as HostView | undefined,
    line: 'open',
    number: 1,
    taken: 0,
    now: () => 1e9,
    give: (command: ClientCommand) => (given.push(command), Promise.resolve(undefined)),
  }
  return { feed, given }
}

vi.stubGlobal('location', { search: '?lang=zh' })
vi.stubGlobal('document', { documentElement: {} })
const { Cockpit } = await import('./cockpit.svelte')

test('two actions that come in one view are taken back one press after the other', async () => {
  const { feed, given } = line()
  const cockpit = new Cockpit(feed as unknown as Feed<HostView>)
  const come = (...history: ActionInfo[]) => {
    feed.view = view(...history)
    cockpit.look(feed.view)
  }
  come()
  come(called(9), called(8), called(7))
  expect(cockpit.told).toMatchObject({ what: 'did', action: { action: 9 } })
  await cockpit.undo()
  expect(given).toEqual([{ do: 'undo', action: 9 }])
  come(called(9, true), called(8), called(7))
  expect(cockpit.told).toMatchObject({ what: 'undone', action: { action: 9 } })
  // What was done long ago is asked for first.
  await cockpit.undo()
  expect([cockpit.asking, given.length]).toEqual(['undo', 1])
  await cockpit.undo()
  expect(given.slice(1)).toEqual([{ do: 'undo', action: 8 }])
})
