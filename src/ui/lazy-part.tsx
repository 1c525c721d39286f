import { type ComponentType, type LazyExoticComponent, lazy, type ReactElement } from 'react'

/** Functions that reset a part, by the error of its failed load. */
const failures = new WeakMap<object, () => void>()

/**
 * Like React's `lazy`, but a failed load can be retried. Render it in a `PartBoundary`, which calls
 * {@link forgetFailedLoad}. Until then the failure is cached: React renders a part again when its load has ended, and
 * would otherwise start the next load each time.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReactElement {
  let part: LazyExoticComponent<ComponentType<Props>> | undefined

  function current(): LazyExoticComponent<ComponentType<Props>> {
    part ??= lazy(async () => {
      try {
        return { default: await load() }
      } catch (cause) {
        const error = cause instanceof Error ? cause : new Error(String(cause))
        failures.set(error, () => {
          part = undefined
        })
        throw error
      }
    })
    return part
  }

  return function LazyPart(props) {
    const Part = current() as ComponentType<Props> // a lazy component has the props of the component it loads
    return <Part {...props} />
  }
}

/** Retries the load that failed with this error when its part is rendered next; ignores other errors. */
export function forgetFailedLoad(error: unknown): void {
  if (error instanceof Error) failures.get(error)?.()
}
