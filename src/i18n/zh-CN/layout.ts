import type { Messages } from '../messages.ts'

export const layout: Messages['layout'] = {}
