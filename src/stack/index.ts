export { changedImages } from './changes.ts'
export { wanted } from './discover.ts'
export { readStack, type StackOptions } from './read-stack.ts'
export { selectImages } from './select.ts'
