export const instances = {}
