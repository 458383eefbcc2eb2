// What this page says beyond what the hall sees; phones and screens do not load it.
import { speak } from '../language.svelte'
import staffEn from '../../text/staff/en.json'
import staffZh from '../../text/staff/zh.json'
import './result'

speak({ zh: staffZh, en: staffEn })
