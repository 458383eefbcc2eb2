// The life of a result on the pages: which word stands beside standings, and what takes two persons after the end. Pure.
import type { ClientCommand, LifeName, PublicView, ResultInfo } from '../wire/types'

export const LIVES = ['provisional', 'confirmed', 'official', 'published'] as const satisfies readonly LifeName[]
export const AUDIENCES = [
  'screen',
  'overlay',
  'phone',
  'mc',
  'console',
  'organiser',
  'judge',
  'chair',
  'auditor',
] as const
export type Audience = (typeof AUDIENCES)[number]

/** What stands beside the standings. */
export interface Word {
  life: LifeName
  /** Objections are taken until the end of this day; where there is room for it. */
  until?: string
}

/** The one word of a result: the same for everybody, and none where no standings are. Over the stream there is no room for a day. */
export function wordOf(hall: Pick<PublicView, 'standings' | 'result'>, audience: Audience): Word | undefined {
  if (hall.standings.length === 0) return undefined
  const { life, until }: ResultInfo = hall.result ?? { life: 'provisional' }
  return until === undefined || audience === 'overlay' ? { life } : { life, until }
}

/** Reasons that are recorded where a command has none of its own. */
export interface Reasons {
  rule: string
  unchanged: string
}

/** What is given once the show is over: what takes two persons is proposed, everything else is as it was. */
export function afterEnd(command: ClientCommand, why: Reasons): ClientCommand {
  switch (command.do) {
    case 'deduct':
    case 'remove-deduction':
    case 'dismiss-overtime':
    case 'reopen-scorecard':
    case 'declare-recusal':
    case 'decide-tie':
    case 'withdraw-pitch':
    case 'disqualify':
    case 'reinstate': {
      const { reason, ...correction } = command
      return { do: 'propose', correction, reason }
    }
    case 'confirm-overtime':
      return { do: 'propose', correction: command, reason: why.rule }
    case 'withdraw-reopening':
    case 'withdraw-recusal':
      return { do: 'propose', correction: command, reason: why.unchanged }
    default:
      return command
  }
}

/** The first day that an objection period may end by default: so many days from now, in the contest's zone. */
export function dayIn(days: number, now: number, zone: string): string {
  const at = new Date(now + days * 86_400_000)
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(at)
}
