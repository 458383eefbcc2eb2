// A display, as runes: the hall's picture, who this screen is, what the host says to it.
import { displayKey, onViewport, viewport, whenThere } from '../net/display'
import { connect, socketUrl, type Frame, type Line, type Socket } from '../net/socket'
import type { ScreenView } from '../wire/types'

/** How long a screen shows who it is, milliseconds. */
const IDENTIFIED = 12_000
/** How long a new one shows its code. */
const INTRODUCED = 60_000

export class Display<View = ScreenView> {
  view = $state.raw<View>()
  line = $state<Line>('connecting')
  told = $state.raw<Frame<'display'>>()
  /** The host wants to see which screen this is. */
  identified = $state(false)
  /** It has just come and has no name. */
  introduced = $state(false)
  #socket: Socket
  #said = ''
  #timers: Partial<Record<'identified' | 'introduced', ReturnType<typeof setTimeout>>> = {}

  /** `page`: whose view it has; a display that the host points to the MC's page has the MC's. */
  constructor(code: string, page: 'screen' | 'mc' = 'screen') {
    this.#socket = connect<View>(
      { url: socketUrl(`/c/${code}/ws/${page}?display=${displayKey()}`), patient: false },
      {
        view: (view) => (this.view = view),
        line: (line) => {
          this.line = line
          this.#said = ''
        },
        frame: (frame) => frame.kind === 'display' && this.#hear(frame),
      },
    )
    onViewport(() => this.#say())
  }

  /** The server's clock. */
  now(): number {
    return this.#socket.clock.now()
  }

  #hear(told: Frame<'display'>) {
    const before = this.told
    this.told = told
    const isNew = !before || before.code !== told.code || before.name !== undefined
    if (told.name !== undefined) this.introduced = false
    else if (isNew) this.#show('introduced', INTRODUCED)
    if (told.word === 'identify') this.#show('identified', IDENTIFIED)
    if (told.word === 'reload') whenThere(location.pathname, () => location.reload())
    this.#say()
  }

  #show(what: 'identified' | 'introduced', time: number) {
    this[what] = true
    clearTimeout(this.#timers[what])
    this.#timers[what] = setTimeout(() => (this[what] = false), time)
  }

  /** Only one that was told who it is is asked how its window is. */
  #say() {
    if (!this.told || this.line !== 'open') return
    const now = viewport()
    const text = JSON.stringify(now)
    if (text !== this.#said && this.#socket.say({ kind: 'viewport', viewport: now })) this.#said = text
  }
}
