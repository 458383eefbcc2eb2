// What is said of the files and of the audit log; loaded with them.
import { speak } from '../language.svelte'
import en from '../../text/papers/en.json'
import zh from '../../text/papers/zh.json'

speak({ zh, en })
