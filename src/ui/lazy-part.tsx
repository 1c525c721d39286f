import { type ComponentType, type LazyExoticComponent, lazy, type ReactElement } from 'react'

/** How to load a part again, by the error that its load failed with. */
const failures = new WeakMap<object, () => void>()

/**
 * Like React's `lazy`, for a part of a page whose load may be tried again. Belongs into a `PartBoundary`, which calls
 * {@link forgetFailedLoad}. Until then the failure must be kept: React draws a part again when its load has ended, and
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
    const Part = current() as ComponentType<Props> // a lazy component takes the props of what it loads
    return <Part {...props} />
  }
}

/** Lets the part whose load failed with this error be loaded when it is next drawn; does nothing for other errors. */
export function forgetFailedLoad(error: unknown): void {
  if (error instanceof Error) failures.get(error)?.()
}
