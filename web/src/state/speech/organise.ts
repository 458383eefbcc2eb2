// What this page says beyond what the hall sees; phones and screens do not load it.
import { speak } from '../language.svelte'
import staffEn from '../../text/staff/en.json'
import staffZh from '../../text/staff/zh.json'
import interestEn from '../../text/interest/en.json'
import interestZh from '../../text/interest/zh.json'
import en from '../../text/organise/en.json'
import zh from '../../text/organise/zh.json'

speak({ zh: { ...staffZh, ...zh, ...interestZh }, en: { ...staffEn, ...en, ...interestEn } })
