// What this page says beyond what the hall sees; phones and screens do not load it.
import { speak } from '../language.svelte'
import staffEn from '../../text/staff/en.json'
import staffZh from '../../text/staff/zh.json'
import timerEn from '../../text/timer/en.json'
import timerZh from '../../text/timer/zh.json'
import en from '../../text/host/en.json'
import zh from '../../text/host/zh.json'
import checkEn from '../../text/check/en.json'
import checkZh from '../../text/check/zh.json'
import preflightEn from '../../text/preflight/en.json'
import preflightZh from '../../text/preflight/zh.json'

speak({
  zh: { ...staffZh, ...timerZh, ...zh, ...checkZh, ...preflightZh },
  en: { ...staffEn, ...timerEn, ...en, ...checkEn, ...preflightEn },
})
