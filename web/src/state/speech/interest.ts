// What this page says beyond what the hall sees; phones and screens do not load it.
import { speak } from '../language.svelte'
import en from '../../text/interest/en.json'
import zh from '../../text/interest/zh.json'

speak({ zh, en })
