import '../../styles/base.css'
import '../../state/speech/check'
import { mount } from 'svelte'
import '../../state/theme.svelte'
import Page from './Page.svelte'

const target = document.getElementById('app')!
// What a browser too old for this script keeps showing.
target.replaceChildren()
mount(Page, { target })
