import '../../styles/base.css'
import '../../styles/console.css'
import '../../state/speech/host'
import { mount } from 'svelte'
import '../../state/theme.svelte'
import Page from './Page.svelte'

mount(Page, { target: document.getElementById('app')! })
