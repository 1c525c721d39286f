/** What is done in a step; i18n has its title. */
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

/** What must be known besides; i18n has its sentence. */
export type NoteId =
  | 'placeholders'
  | 'password'
  | 'plain-http'
  | 'plus'
  | 'digest-since'
  | 'legacy-layer'
  | 'legacy-other-door'
  | 'push-by-curl'
  | 'provenance-beside'
  | 'repackages'
  | 'plugin-helm-4'
  | 'helm-2-charts'
  | 'flux-since'
  | 'argo-plain-http'

/** Why a client cannot do it; i18n has its sentence. */
export type BlockId = 'name' | 'https'

/** One text to copy. */
export interface Step {
  readonly id: StepId
  readonly text: string
}

/** All that is needed with one client, in order. */
export interface Guide {
  readonly blocked: BlockId | null
  readonly steps: readonly Step[]
  readonly notes: readonly NoteId[]
}

/** A step of several lines; those that are nothing are left out. */
export function step(id: StepId, ...lines: readonly (string | false | null)[]): Step {
  return { id, text: lines.filter((line) => line !== false && line !== null).join('\n') }
}

/** The notes that apply, in order. */
export function notesOf(notes: Partial<Record<NoteId, boolean>>): NoteId[] {
  return (Object.keys(notes) as NoteId[]).filter((id) => notes[id]) // the keys of the argument
}
