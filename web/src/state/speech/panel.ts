// What is said of a panel's statistics; loaded with them.
import { speak } from '../language.svelte'
import en from '../../text/panel/en.json'
import zh from '../../text/panel/zh.json'

speak({ zh, en })
