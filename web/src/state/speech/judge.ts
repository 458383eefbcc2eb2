// What this page says beyond what the hall sees; phones and screens do not load it.
import { speak } from '../language.svelte'
import staffEn from '../../text/staff/en.json'
import staffZh from '../../text/staff/zh.json'
import en from '../../text/judge/en.json'
import zh from '../../text/judge/zh.json'

speak({ zh: { ...staffZh, ...zh }, en: { ...staffEn, ...en } })
