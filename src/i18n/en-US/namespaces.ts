export const namespaces = {}
