import { ActionError } from '../errors.ts'
import { field, type Json } from './payload.ts'

/** Where a dispatch names images: an input of the workflow, or a field of what the API's caller sent. */
const places: Readonly<Record<string, readonly [string, string]>> = {
  workflow_dispatch: ['inputs', 'images'],
  repository_dispatch: ['client_payload', 'images'],
}

/**
 * The images that a dispatch asks for, each once: names between commas, blanks or lines, or a list of names (JSON where
 * the field is text, as inputs are). Throws ActionError('usage') for anything else. They are names only: whether there
 * are such images is asked of the stack.
 */
export function dispatchedImages(eventName: string, event: Json): string[] {
  const place = Object.hasOwn(places, eventName) ? places[eventName] : undefined
  if (!place) return []
  const value = field(event, ...place)
  const names = namesIn(value)
  if (names) return [...new Set(names)]
  throw new ActionError('usage', `${place.join('.')} of the ${eventName} is not a list of image names`, [
    'give names between commas (`base-image, pangeo-notebook`), or leave it out for the whole stack',
  ])
}

/** Null where the value is no list of names. */
function namesIn(value: unknown): string[] | null {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.every(isName) ? value.map((name) => name.trim()) : null
  if (typeof value !== 'string') return null
  return value.trim().startsWith('[') ? namesInJson(value) : value.split(/[\s,]+/).filter(Boolean)
}

function namesInJson(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? namesIn(value) : null
  } catch {
    return null
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
