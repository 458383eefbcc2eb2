// What the pre-flight says beyond the console; it comes with it, when somebody looks.
import { speak } from '../language.svelte'
import checkEn from '../../text/check/en.json'
import checkZh from '../../text/check/zh.json'
import en from '../../text/preflight/en.json'
import zh from '../../text/preflight/zh.json'

speak({ zh: { ...zh, ...checkZh }, en: { ...en, ...checkEn } })
