import '../../styles/base.css'
import '../../styles/paper.css'
import '../../state/speech/print'
import { mount } from 'svelte'
import '../../state/theme.svelte'
import Page from './Page.svelte'

// Paper lies on a light desk, whatever the evening looks like.
document.documentElement.dataset['theme'] = 'light'
mount(Page, { target: document.getElementById('app')! })
