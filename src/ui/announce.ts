import visuallyHiddenStyles from './visually-hidden.module.css'

/** Announces `text` to screen readers, politely, in one region that stays when the page changes. */
export function announce(text: string): void {
  const region = liveRegion()
  // A repeated text is announced again only if the region was empty in between.
  region.textContent = ''
  setTimeout(() => {
    region.textContent = text
  }, 50)
}

let region: HTMLElement | undefined

function liveRegion(): HTMLElement {
  if (!region) {
    region = document.createElement('div')
    region.setAttribute('role', 'status')
    region.className = visuallyHiddenStyles.visuallyHidden ?? ''
    document.body.append(region)
  }
  return region
}
