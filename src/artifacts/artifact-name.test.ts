import { expect, test } from 'vitest'
import type { Artifact } from '../../contract/console/artifacts.ts'
import { artifactName } from './artifact-name.ts'

const artifact: Artifact = {
  namespace: 'team',
  name: 'web/app',
  digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
  tags: ['v1', 'v2'],
  totalTags: 2,
  type: 'application/vnd.oci.image.config.v1+json',
  size: 1,
  referrers: 0,
  pushedBy: 'admin',
  created: '2026-11-20T08:00:00.000Z',
}

test('names an artifact by its first tag, or by its digest if it has no tags', () => {
  expect(artifactName(artifact)).toBe('team/web/app:v1')
  expect(artifactName({ ...artifact, tags: [] })).toBe('team/web/app@0123456789ab')
})
