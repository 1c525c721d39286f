import { describe, expect, test } from 'vitest'
import { ChartProblem } from '../../../chart/problem.ts'
import type { PresentVersion, UploadPreview } from '../../../contract/console/upload-preview.ts'
import type { ChartCandidate, Companion } from './arrange-files.ts'
import { uploadJob } from './upload-job.ts'
import { isSendable, neededConfirmation, type Presence, verdictOf } from './verdict.ts'

const present: PresentVersion = { digest: 'aa', pushed: '2026-11-20T00:00:00Z', provenanceDigest: null }

const known = (effect: UploadPreview['effect'], there: PresentVersion | null = present): Presence => ({
  state: 'known',
  preview: { effect, present: there },
})
const nothing = known({ kind: 'created' }, null)
const unchanged = known({ kind: 'unchanged' })
const replaced = known({ kind: 'replaced' })

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
    const verdict = verdictOf(chart, unchanged)
    expect(verdict).toEqual({ kind: 'unchanged' })
    expect(isSendable(chart, verdict, new Set())).toBe(false)
    expect(uploadJob(chart, verdict, 'team')).toBeNull()
  })

  test('other bytes: replaces, only once that was agreed to, and only these bytes', () => {
    const chart = candidate({ sha256: 'bb' })
    const verdict = verdictOf(chart, replaced)
    expect(verdict).toEqual({ kind: 'replaces', present, losesProvenance: false })
    expect(isSendable(chart, verdict, new Set())).toBe(false)

    const agreed = new Set([neededConfirmation(chart, verdict) ?? ''])
    expect(isSendable(chart, verdict, agreed)).toBe(true)
    expect(uploadJob(chart, verdict, 'team')).toMatchObject({ precondition: { ifMatch: 'aa' }, outcome: 'replaced' })

    const changed = verdictOf(chart, known({ kind: 'replaced' }, { ...present, digest: 'cc' }))
    expect(isSendable(chart, changed, agreed)).toBe(false)
  })

  test('replacing a signed chart without a provenance file loses the signature', () => {
    const signed = known({ kind: 'replaced' }, { ...present, provenanceDigest: 'dd' })
    expect(verdictOf(candidate({ sha256: 'bb' }), signed)).toMatchObject({ losesProvenance: true })
    expect(verdictOf(candidate({ sha256: 'bb', provenance: companion() }), signed)).toMatchObject({
      losesProvenance: false,
    })
  })

  test('the same bytes with a provenance file: added, the same, or replaced', () => {
    const chart = candidate({ sha256: 'aa', provenance: companion('dd') })
    const kept = (provenanceDigest: string | null) =>
      known({ kind: 'provenance-added' }, { ...present, provenanceDigest })
    expect(verdictOf(chart, kept(null)).kind).toBe('adds-provenance')
    expect(verdictOf(chart, unchanged).kind).toBe('unchanged')

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

  test.each(['immutable', 'clash', 'quota'] as const)('what the registry would refuse (%s) is not sent', (reason) => {
    const chart = candidate()
    const refused = verdictOf(chart, known({ kind: 'refused', reason, message: 'because' }))
    expect(refused).toEqual({ kind: reason, message: 'because' })
    expect(neededConfirmation(chart, refused)).toBeNull()
    expect(isSendable(chart, refused, new Set())).toBe(false)
    expect(uploadJob(chart, refused, 'team')).toBeNull()
  })

  test('an archive that the registry has lost is sent again without asking', () => {
    const chart = candidate({ sha256: 'aa' })
    const verdict = verdictOf(chart, known({ kind: 'restored' }))
    expect(isSendable(chart, verdict, new Set())).toBe(true)
    expect(uploadJob(chart, verdict, 'team')).toMatchObject({ precondition: { ifMatch: 'aa' }, outcome: 'restored' })
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
    standing: 'alone',
    ...rest,
  }
}

function companion(sha256 = 'ff'): Companion {
  return { id: 'file-2', file: new File(['signed'], 'nginx-1.2.3.tgz.prov'), sha256, problem: null }
}
