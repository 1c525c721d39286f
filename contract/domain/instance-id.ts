/** Regular expression source of an instance ID, without anchors: part of paths and of other expressions. */
export const INSTANCE_ID = 'ccr-[0-9a-z]{8}'

const WHOLE = new RegExp(`^${INSTANCE_ID}$`)

export function isInstanceId(text: string): boolean {
  return WHOLE.test(text)
}
