/** What every robot's name begins with; nobody sends it, everybody is told it. */
export const ROBOT_PREFIX = 'ccr$'

/** Characters in the name of a robot at most, without the prefix. */
export const ROBOT_NAME_LENGTH = 65

/** Whether a robot may have this name, which is without its prefix. */
export function isRobotName(name: string): boolean {
  return name.length <= ROBOT_NAME_LENGTH && /^[a-z0-9]+([._-][a-z0-9]+)*$/.test(name)
}

/** Whether somebody may choose this as the secret of a robot. */
export function isRobotSecret(secret: string): boolean {
  return /^[A-Za-z0-9!@#$%^*()]{8,65}$/.test(secret)
}
