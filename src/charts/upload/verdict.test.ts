import { describe, expect, test } from 'vitest'
import { ChartProblem } from '../../../chart/problem.ts'
import type { Present } from '../../api/uploads.ts'
import type { ChartCandidate, Companion } from './arrange-files.ts'
import { uploadJob } from './upload-job.ts'
import { isSendable, neededConfirmation, type Presence, verdictOf } from './verdict.ts'

const nothing: Presence = { state: 'known', present: null }
const present: Present = { digest: 'aa', pushed: '2026-11-20T00:00:00Z', provenanceDigest: null }

describe('verdict on a chart', () => {
  test('nothing there: new, and sent so that it can only be new', () => {
    const chart = candidate()
    const verdict = verdictOf(chart, nothing)
    expect(verdict).toEqual({ kind: 'new' })
    expect(isSendable(chart, verdict, new Set())).toBe(true)
    expect(uploadJob(chart, verdict, 'team')).toMatchObject({ precondition: { ifNoneMatch: true }, outcome: 'created' })
  })

  test('the same bytes: nothing to do', () => {
    const chart = candidate({ sha256: 'aa' })
    const verdict = verdictOf(chart, { state: 'known', present })
    expect(verdict).toEqual({ kind: 'unchanged' })
    expect(isSendable(chart, verdict, new Set())).toBe(false)
    expect(uploadJob(chart, verdict, 'team')).toBeNull()
  })

  test('other bytes: replaces, only once that was agreed to, and only these bytes', () => {
    const chart = candidate({ sha256: 'bb' })
    const verdict = verdictOf(chart, { state: 'known', present })
    expect(verdict).toEqual({ kind: 'replaces', present, losesProvenance: false })
    expect(isSendable(chart, verdict, new Set())).toBe(false)

    const agreed = new Set([neededConfirmation(chart, verdict) ?? ''])
    expect(isSendable(chart, verdict, agreed)).toBe(true)
    expect(uploadJob(chart, verdict, 'team')).toMatchObject({ precondition: { ifMatch: 'aa' }, outcome: 'replaced' })

    const changed = verdictOf(chart, { state: 'known', present: { ...present, digest: 'cc' } })
    expect(isSendable(chart, changed, agreed)).toBe(false)
  })

  test('replacing a signed chart without a provenance file loses the signature', () => {
    const signed: Presence = { state: 'known', present: { ...present, provenanceDigest: 'dd' } }
    expect(verdictOf(candidate({ sha256: 'bb' }), signed)).toMatchObject({ losesProvenance: true })
    expect(verdictOf(candidate({ sha256: 'bb', provenance: companion() }), signed)).toMatchObject({
      losesProvenance: false,
    })
  })

  test('the same bytes with a provenance file: added, the same, or replaced', () => {
    const chart = candidate({ sha256: 'aa', provenance: companion('dd') })
    const kept = (provenanceDigest: string | null): Presence => ({
      state: 'known',
      present: { ...present, provenanceDigest },
    })
    expect(verdictOf(chart, kept(null)).kind).toBe('adds-provenance')
    expect(verdictOf(chart, kept('dd')).kind).toBe('unchanged')

    const replaces = verdictOf(chart, kept('ee'))
    expect(replaces.kind).toBe('replaces-provenance')
    expect(isSendable(chart, replaces, new Set())).toBe(false)
    expect(uploadJob(chart, replaces, 'team')).toMatchObject({ precondition: { ifMatch: 'aa' } })
  })

  test('a wrong provenance file keeps its chart back', () => {
    const problem = new ChartProblem('provenance-other-digest', { fileName: 'nginx-1.2.3.tgz' })
    const chart = candidate({ provenance: { ...companion(), problem } })
    expect(verdictOf(chart, nothing)).toEqual({ kind: 'provenance-refused', problem })
  })

  test('in an immutable namespace nothing is replaced, and all else goes', () => {
    const there = (provenanceDigest: string | null): Presence => ({
      state: 'known',
      present: { ...present, provenanceDigest },
      immutable: true,
    })
    const other = candidate({ sha256: 'bb' })
    const refused = verdictOf(other, there(null))
    expect(refused).toEqual({ kind: 'immutable', present })
    expect(neededConfirmation(other, refused)).toBeNull()
    expect(isSendable(other, refused, new Set())).toBe(false)
    expect(uploadJob(other, refused, 'team')).toBeNull()

    const same = candidate({ sha256: 'aa', provenance: companion('dd') })
    expect(verdictOf(same, there('ee')).kind).toBe('immutable')
    expect(verdictOf(same, there('dd')).kind).toBe('unchanged')
    expect(verdictOf(same, there(null)).kind).toBe('adds-provenance')
    expect(verdictOf(other, { state: 'known', present: null, immutable: true }).kind).toBe('new')
  })

  test('without a namespace, before the answer and without an answer nothing is sent', () => {
    for (const presence of [
      { state: 'unasked' },
      { state: 'checking' },
      { state: 'failed', message: 'no answer' },
    ] satisfies Presence[]) {
      const verdict = verdictOf(candidate(), presence)
      expect(isSendable(candidate(), verdict, new Set())).toBe(false)
    }
  })

  test('what is wrong with the file comes before what is at the registry', () => {
    const problem = new ChartProblem('not-gzip')
    expect(verdictOf(candidate({ reading: { state: 'refused', problem } }), nothing).kind).toBe('refused')
    expect(verdictOf(candidate({ reading: { state: 'too-large', limit: 1 } }), nothing).kind).toBe('too-large')
    expect(verdictOf(candidate({ standing: 'undecided' }), nothing).kind).toBe('undecided')
    expect(verdictOf(candidate({ standing: 'passed-over' }), nothing).kind).toBe('passed-over')
    expect(verdictOf(candidate({ standing: 'repeated' }), nothing).kind).toBe('repeated')
    expect(verdictOf(candidate({ standing: 'chosen' }), nothing).kind).toBe('new')
  })

  test('an archive that this browser cannot open may still be sent', () => {
    const problem = new ChartProblem('damaged-archive')
    const chart = candidate({ reading: { state: 'sealed', problem, fileName: 'x.tgz', sha256: 'bb' } })
    expect(isSendable(chart, verdictOf(chart, nothing), new Set())).toBe(true)
    expect(verdictOf(chart, { state: 'known', present }).kind).toBe('replaces')
  })
})

function candidate({ sha256 = 'bb', ...rest }: Partial<ChartCandidate> & { sha256?: string } = {}): ChartCandidate {
  const metadata = { name: 'nginx', version: '1.2.3' }
  return {
    id: 'file-1',
    file: new File(['bytes'], 'nginx-1.2.3.tgz'),
    reading: { state: 'chart', metadata, fileName: 'nginx-1.2.3.tgz', sha256 },
    provenance: null,
    standing: 'alone',
    ...rest,
  }
}

function companion(sha256 = 'ff'): Companion {
  return { id: 'file-2', file: new File(['signed'], 'nginx-1.2.3.tgz.prov'), sha256, problem: null }
}
