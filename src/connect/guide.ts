/** Purpose of a step; i18n has its title. */
export type StepId =
  | 'prepare'
  | 'plugin'
  | 'login'
  | 'repository'
  | 'push'
  | 'search'
  | 'pull'
  | 'pull-by-digest'
  | 'install'
  | 'secret'
  | 'deploy'

/** A note below the steps; i18n has its text. */
export type NoteId =
  | 'placeholders'
  | 'password'
  | 'plain-http'
  | 'plus'
  | 'digest-since'
  | 'legacy-layer'
  | 'legacy-other-protocol'
  | 'push-with-curl'
  | 'provenance-beside'
  | 'repackages'
  | 'plugin-helm-4'
  | 'helm-2-charts'
  | 'flux-since'
  | 'argo-plain-http'

/** Reason why a client cannot be used; i18n has its text. */
export type BlockId = 'name' | 'https'

/** A command or file to copy. */
export interface Step {
  readonly id: StepId
  readonly text: string
}

/** Everything needed to use one client over one protocol, in order. */
export interface Guide {
  readonly blocked: BlockId | null
  readonly steps: readonly Step[]
  readonly notes: readonly NoteId[]
}

/** Creates a step from its lines, omitting those that are `false` or null. */
export function step(id: StepId, ...lines: readonly (string | false | null)[]): Step {
  return { id, text: lines.filter((line) => line !== false && line !== null).join('\n') }
}

/** Returns the notes that apply, in the order of the keys. */
export function notesOf(notes: Partial<Record<NoteId, boolean>>): NoteId[] {
  return (Object.keys(notes) as NoteId[]).filter((id) => notes[id]) // the keys of the argument
}
