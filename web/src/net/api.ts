// The HTTP API. A refusal is a value, not an exception: pages show its sentence.
import type { Problem, Refusal } from '../wire/types'

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }

const NO_LINE: Problem = { type: 'about:blank', title: 'no connection', status: 0, code: 'no-connection' }

export async function call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const init: RequestInit = { method, credentials: 'same-origin' }
  if (body instanceof FormData) init.body = body
  else if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { 'content-type': 'application/json' }
  }
  try {
    const response = await fetch(path, init)
    const text = await response.text()
    if (response.ok) return { ok: true, value: (text ? JSON.parse(text) : undefined) as T }
    return { ok: false, problem: problem(response.status, text) }
  } catch {
    return { ok: false, problem: NO_LINE }
  }
}

function problem(status: number, text: string): Problem {
  try {
    const value = JSON.parse(text) as Partial<Problem>
    if (typeof value.code === 'string') return value as Problem
  } catch {
    // A proxy's page, not ours.
  }
  return { type: 'about:blank', title: text.slice(0, 80), status, code: status === 413 ? 'too-large' : 'internal' }
}

export function refusal(problem: Problem): Refusal {
  return problem.params ? { code: problem.code, params: problem.params } : { code: problem.code }
}
