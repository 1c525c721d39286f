import { describe, expect, test } from 'vitest'
import { ChartProblem } from '../../../chart/problem.ts'
import type { PresentVersion, UploadPreview } from '../../../contract/console/upload-preview.ts'
import type { ChartCandidate, ProvenanceFile } from './arrange-files.ts'
import { uploadJob } from './upload-job.ts'
import { isSendable, neededConfirmation, type PreviewState, verdictOf } from './verdict.ts'

const present: PresentVersion = { digest: 'aa', pushed: '2026-11-20T00:00:00Z', provenanceDigest: null }

const loaded = (effect: UploadPreview['effect'], existing: PresentVersion | null = present): PreviewState => ({
  state: 'loaded',
  preview: { effect, present: existing },
})
const created = loaded({ kind: 'created' }, null)
const unchanged = loaded({ kind: 'unchanged' })
const replaced = loaded({ kind: 'replaced' })

describe('verdict on a chart', () => {
  test('a version that does not exist is new, and is uploaded with If-None-Match', () => {
    const chart = candidate()
    const verdict = verdictOf(chart, created)
    expect(verdict).toEqual({ kind: 'new' })
    expect(isSendable(chart, verdict, new Set())).toBe(true)
    expect(uploadJob(chart, verdict, 'team')).toMatchObject({ precondition: { ifNoneMatch: true }, outcome: 'created' })
  })

  test('identical bytes are unchanged and not uploaded', () => {
    const chart = candidate({ sha256: 'aa' })
    const verdict = verdictOf(chart, unchanged)
    expect(verdict).toEqual({ kind: 'unchanged' })
    expect(isSendable(chart, verdict, new Set())).toBe(false)
    expect(uploadJob(chart, verdict, 'team')).toBeNull()
  })

  test('different bytes replace the version only after a confirmation for exactly this digest', () => {
    const chart = candidate({ sha256: 'bb' })
    const verdict = verdictOf(chart, replaced)
    expect(verdict).toEqual({ kind: 'replaces', present, losesProvenance: false })
    expect(isSendable(chart, verdict, new Set())).toBe(false)

    const confirmed = new Set([neededConfirmation(chart, verdict) ?? ''])
    expect(isSendable(chart, verdict, confirmed)).toBe(true)
    expect(uploadJob(chart, verdict, 'team')).toMatchObject({ precondition: { ifMatch: 'aa' }, outcome: 'replaced' })

    const changed = verdictOf(chart, loaded({ kind: 'replaced' }, { ...present, digest: 'cc' }))
    expect(isSendable(chart, changed, confirmed)).toBe(false)
  })

  test('replacing a signed chart without a provenance file loses the signature', () => {
    const signed = loaded({ kind: 'replaced' }, { ...present, provenanceDigest: 'dd' })
    expect(verdictOf(candidate({ sha256: 'bb' }), signed)).toMatchObject({ losesProvenance: true })
    expect(verdictOf(candidate({ sha256: 'bb', provenance: provenanceFile() }), signed)).toMatchObject({
      losesProvenance: false,
    })
  })

  test('identical bytes with a provenance file add it, leave it unchanged or replace it', () => {
    const chart = candidate({ sha256: 'aa', provenance: provenanceFile('dd') })
    const stored = (provenanceDigest: string | null) =>
      loaded({ kind: 'provenance-added' }, { ...present, provenanceDigest })
    expect(verdictOf(chart, stored(null)).kind).toBe('adds-provenance')
    expect(verdictOf(chart, unchanged).kind).toBe('unchanged')

    const replaces = verdictOf(chart, stored('ee'))
    expect(replaces.kind).toBe('replaces-provenance')
    expect(isSendable(chart, replaces, new Set())).toBe(false)
    expect(uploadJob(chart, replaces, 'team')).toMatchObject({ precondition: { ifMatch: 'aa' } })
  })

  test('a chart with a wrong provenance file is not uploaded', () => {
    const problem = new ChartProblem('provenance-other-digest', { fileName: 'nginx-1.2.3.tgz' })
    const chart = candidate({ provenance: { ...provenanceFile(), problem } })
    expect(verdictOf(chart, created)).toEqual({ kind: 'provenance-refused', problem })
  })

  test.each(['immutable', 'clash', 'quota'] as const)(
    'a chart that the registry would refuse (%s) is not uploaded',
    (reason) => {
      const chart = candidate()
      const refused = verdictOf(chart, loaded({ kind: 'refused', reason, message: 'because' }))
      expect(refused).toEqual({ kind: reason, message: 'because' })
      expect(neededConfirmation(chart, refused)).toBeNull()
      expect(isSendable(chart, refused, new Set())).toBe(false)
      expect(uploadJob(chart, refused, 'team')).toBeNull()
    },
  )

  test('an archive that the registry has lost is restored without a confirmation', () => {
    const chart = candidate({ sha256: 'aa' })
    const verdict = verdictOf(chart, loaded({ kind: 'restored' }))
    expect(isSendable(chart, verdict, new Set())).toBe(true)
    expect(uploadJob(chart, verdict, 'team')).toMatchObject({ precondition: { ifMatch: 'aa' }, outcome: 'restored' })
  })

  test('nothing is uploaded without a namespace, while the preview is loading, or if it failed', () => {
    for (const previewState of [
      { state: 'idle' },
      { state: 'loading' },
      { state: 'failed', message: 'no answer' },
    ] satisfies PreviewState[]) {
      const verdict = verdictOf(candidate(), previewState)
      expect(isSendable(candidate(), verdict, new Set())).toBe(false)
    }
  })

  test('a problem with the file takes precedence over the state of the registry', () => {
    const problem = new ChartProblem('not-gzip')
    expect(verdictOf(candidate({ reading: { state: 'refused', problem } }), created).kind).toBe('refused')
    expect(verdictOf(candidate({ reading: { state: 'too-large', limit: 1 } }), created).kind).toBe('too-large')
    expect(verdictOf(candidate({ duplicateStatus: 'undecided' }), created).kind).toBe('undecided')
    expect(verdictOf(candidate({ duplicateStatus: 'not-chosen' }), created).kind).toBe('not-chosen')
    expect(verdictOf(candidate({ duplicateStatus: 'duplicate' }), created).kind).toBe('duplicate')
    expect(verdictOf(candidate({ duplicateStatus: 'chosen' }), created).kind).toBe('new')
  })

  test('an archive that this browser cannot open can be uploaded', () => {
    const problem = new ChartProblem('damaged-archive')
    const chart = candidate({ reading: { state: 'unopened', problem, fileName: 'x.tgz', sha256: 'bb' } })
    expect(isSendable(chart, verdictOf(chart, created), new Set())).toBe(true)
    expect(verdictOf(chart, replaced).kind).toBe('replaces')
  })
})

function candidate({ sha256 = 'bb', ...rest }: Partial<ChartCandidate> & { sha256?: string } = {}): ChartCandidate {
  const metadata = { name: 'nginx', version: '1.2.3' }
  return {
    id: 'file-1',
    file: new File(['bytes'], 'nginx-1.2.3.tgz'),
    folder: null,
    reading: { state: 'chart', metadata, fileName: 'nginx-1.2.3.tgz', sha256, cutInIndex: false },
    provenance: null,
    duplicateStatus: 'unique',
    ...rest,
  }
}

function provenanceFile(sha256 = 'ff'): ProvenanceFile {
  return { id: 'file-2', file: new File(['signed'], 'nginx-1.2.3.tgz.prov'), sha256, problem: null }
}
