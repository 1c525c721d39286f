import type { Messages } from '../messages.ts'

export const instances: Messages['instances'] = {}
