import type { Messages } from '../messages.ts'

export const namespaces: Messages['namespaces'] = {}
