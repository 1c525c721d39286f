// Before anything is drawn: the theme that was chosen, else the machine's. `src/layout/theme-choice.ts` goes on from here.
const chosen = localStorage.getItem('chartroom.theme')
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.dataset.theme = dark ? 'dark' : 'light'
document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
