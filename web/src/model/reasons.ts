// Reasons that an evening knows, by what is done for them: one press instead of typing.
export const likely = {
  reopen: ['reason.asked', 'reason.slip', 'reason.fault'],
  recuse: ['aside.unit', 'aside.investment', 'aside.teacher', 'aside.family'],
  absent: ['reason.late', 'reason.left', 'reason.fault'],
  withdraw: ['reason.gave-up', 'reason.no-show'],
  'give-up': ['reason.gave-up', 'reason.rules'],
  disqualify: ['reason.false', 'reason.copied', 'reason.rules'],
  reinstate: ['reason.cleared', 'reason.slip'],
  again: ['reason.projector', 'reason.interrupted'],
  decide: [],
} as const

export type Act = keyof typeof likely

/** What takes somebody out of what the hall was told, or back into it: held, and not only pressed. */
export const firm: ReadonlySet<Act> = new Set<Act>(['give-up', 'disqualify', 'reinstate'])
