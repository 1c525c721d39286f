/** What a row of the chart list is known by: names are only unique within a namespace, and have no slash. */
export function chartKey({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`
}
