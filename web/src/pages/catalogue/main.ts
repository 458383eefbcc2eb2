// Every scene and every part in every state on one page, for whoever designs them: `npm run dev`, then /catalogue/.
// Not shipped. QR codes and logos come from a server on port 7300, where one runs.
import '../../styles/base.css'
import '../../styles/console.css'
import '../../state/speech/host'
import '../../state/speech/panel'
import '../../state/speech/preflight'
import { mount } from 'svelte'
import '../../state/theme.svelte'
import Page from './Page.svelte'

mount(Page, { target: document.getElementById('app')! })
