// Which sheet is made by what, and what is chosen beside it.
import type { Printed, SheetName } from '../../model/printed'
import { announcement } from './announcement'
import { blank } from './blank'
import { order, script } from './evening'
import type { Choice, Sheet } from './parts'
import { result } from './result'
import { byJudge, byProject } from './scores'

const MAKERS: Record<SheetName, (printed: Printed, choice: Choice) => Sheet[]> = {
  result,
  judge: byJudge,
  project: byProject,
  announcement,
  blank,
  order,
  script,
}

export const make = (name: SheetName, printed: Printed, choice: Choice): Sheet[] => MAKERS[name](printed, choice)

type Asked = 'judge' | 'project' | 'comments' | 'seats' | 'scores' | 'contact' | 'phone' | 'office'
export const ASKS: Record<SheetName, Asked[]> = {
  result: [],
  judge: ['judge', 'comments'],
  project: ['project', 'comments', 'seats'],
  announcement: ['scores', 'office', 'contact', 'phone'],
  blank: ['judge', 'project'],
  order: [],
  script: [],
}

/** A judge's comments are signed with the marks; what a team gets has them when somebody wants so. */
export const choiceOf = (name: SheetName): Choice => ({
  judge: '',
  project: '',
  comments: name === 'judge',
  seats: false,
  scores: true,
  contact: '',
  phone: '',
  office: '',
})
