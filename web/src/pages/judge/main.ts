import '../../styles/base.css'
import '../../state/speech/judge'
import { mount } from 'svelte'
import '../../state/theme.svelte'
import Page from './Page.svelte'

mount(Page, { target: document.getElementById('app')! })

// Only under TLS or on localhost; a plain page in the hall has no such thing and does without.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/judge-worker.js').catch(() => undefined)
