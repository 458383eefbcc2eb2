// Which contest a page shows: the code in its path, else the organiser's current one.
import { call } from '../net/api'

export function codeInPath(): string | undefined {
  return /^\/c\/([0-9a-z]+)\//.exec(location.pathname)?.[1]
}

/** The contest's code; nothing while there is none. */
export async function contestCode(): Promise<string | undefined> {
  const inPath = codeInPath()
  if (inPath) return inPath
  const answer = await call<{ code?: string }>('GET', '/api/current')
  return answer.ok ? answer.value.code : undefined
}
