// Reasons that an evening knows, by what is done for them: one press instead of typing.
export const likely = {
  reopen: ['reason.asked', 'reason.slip', 'reason.fault'],
  recuse: ['aside.unit', 'aside.investment', 'aside.teacher', 'aside.family'],
  absent: ['reason.late', 'reason.left', 'reason.fault'],
  withdraw: ['reason.gave-up', 'reason.no-show'],
  again: ['reason.projector', 'reason.interrupted'],
  decide: [],
} as const

export type Act = keyof typeof likely
