// What is said of a result, wherever it is said: loaded with the part that says it.
import { speak } from '../language.svelte'
import en from '../../text/result/en.json'
import zh from '../../text/result/zh.json'

speak({ zh, en })
