import visuallyHiddenStyles from './visually-hidden.module.css'

/** Says `text` to screen readers, politely, from one region that outlives whatever is on screen. */
export function announce(text: string): void {
  const region = liveRegion()
  // The same words twice are only said twice when the region was empty in between.
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
