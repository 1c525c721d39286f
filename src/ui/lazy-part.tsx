import { type ComponentType, type LazyExoticComponent, lazy, type ReactElement } from 'react'

/**
 * Like React's `lazy`, for a part of a page whose load may be tried again: a failed load is forgotten, so that drawing
 * the part once more asks for its code once more. Belongs into a `PartBoundary`.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReactElement {
  let part: LazyExoticComponent<ComponentType<Props>> | undefined

  function current(): LazyExoticComponent<ComponentType<Props>> {
    part ??= lazy(async () => {
      try {
        return { default: await load() }
      } catch (error) {
        part = undefined
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
