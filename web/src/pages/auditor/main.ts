import '../../styles/base.css'
import '../../state/speech/auditor'
import { mount } from 'svelte'
import '../../state/theme.svelte'
import Page from './Page.svelte'

mount(Page, { target: document.getElementById('app')! })
