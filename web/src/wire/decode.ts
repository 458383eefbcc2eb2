// Frames as text become frames as values; merge patches (RFC 7396) become the next view.
import type { ServerFrame } from './types'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The frame, or nothing when the text is none of ours. */
export function decode(text: string): ServerFrame | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'kind' in value) return value as ServerFrame
  } catch {
    // Not JSON: not a frame.
  }
  return undefined
}

/** A merge patch applied; what did not change keeps its identity. */
export function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const next: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete next[key]
    else next[key] = merge(next[key], change)
  }
  return next
}

function isObject(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
