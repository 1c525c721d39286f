/** Prefix of robot names, added by the server: absent from requests, present in responses. */
export const ROBOT_PREFIX = 'ccr$'

/** Maximum length of a robot name without the prefix, in characters. */
export const ROBOT_NAME_LENGTH = 65

/** Whether `name`, without the prefix, is a valid robot name. */
export function isRobotName(name: string): boolean {
  return name.length <= ROBOT_NAME_LENGTH && /^[a-z0-9]+([._-][a-z0-9]+)*$/.test(name)
}

/** Whether `secret` is a valid secret for a robot. */
export function isRobotSecret(secret: string): boolean {
  return /^[A-Za-z0-9!@#$%^*()]{8,65}$/.test(secret)
}
