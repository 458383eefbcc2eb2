// What stands on printed sheets, and around them.
import { speak } from '../language.svelte'
import en from '../../text/print/en.json'
import zh from '../../text/print/zh.json'

speak({ zh, en })
