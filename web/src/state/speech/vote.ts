// What a phone says where the audience votes; loaded with the vote.
import { speak } from '../language.svelte'
import en from '../../text/vote/en.json'
import zh from '../../text/vote/zh.json'

speak({ zh, en })
