// What this page says beyond what the hall sees; phones and screens do not load it.
import { speak } from '../language.svelte'
import staffEn from '../../text/staff/en.json'
import staffZh from '../../text/staff/zh.json'
import timerEn from '../../text/timer/en.json'
import timerZh from '../../text/timer/zh.json'
import en from '../../text/host/en.json'
import zh from '../../text/host/zh.json'

speak({
  zh: { ...staffZh, ...timerZh, ...zh },
  en: { ...staffEn, ...timerEn, ...en },
})
