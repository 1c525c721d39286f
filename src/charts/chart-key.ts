/** Key of a row of the chart list. Chart names are unique within a namespace only, and contain no slash. */
export function chartKey({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`
}
