import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { instanceQueries } from '../../api/instances.ts'
import { fetchPreview, uploadArchive } from '../../api/uploads.ts'
import { useStore } from '../../use-store.ts'
import { sha256 } from './sha256.ts'
import type { UploadJob, UploadQueue } from './upload-queue.ts'
import { type CheckOutcome, createUploadRunner, type SendUpload, type UploadRunner } from './upload-runner.ts'

/** The queue of an upload dialog. Invalidates the instance's queries once all uploads have ended. */
export function useUploadRunner(instanceId: string): { runner: UploadRunner; queue: UploadQueue; isPaused: boolean } {
  const client = useQueryClient()
  const [runner] = useState(() =>
    createUploadRunner(sendTo(instanceId), checkOutcomeIn(instanceId), () => {
      void client.invalidateQueries({ queryKey: instanceQueries.detail(instanceId).queryKey })
    }),
  )
  const { queue, isPaused } = useStore(runner.state)

  // Requests are outside React; they are cancelled when the dialog unmounts.
  useEffect(() => {
    window.addEventListener('online', runner.resume)
    return () => {
      window.removeEventListener('online', runner.resume)
      runner.cancelAll()
    }
  }, [runner])
  return { runner, queue, isPaused }
}

function sendTo(instanceId: string): SendUpload {
  return async (job, options) => {
    try {
      await uploadArchive({ instanceId, ...job }, options)
      return job.outcome
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'PreconditionFailed') throw error
      // Another client pushed meanwhile. Identical bytes are a success; the user decides about anything else.
      const isStored = await isStoredNow(instanceId, job).catch(() => false)
      if (isStored && !job.provenance) return 'unchanged'
      throw error
    }
  }
}

/** Delays before each check of an aborted request: the registry may still be storing the chart. */
const CHECK_DELAYS_MS = [0, 500, 1500]

function checkOutcomeIn(instanceId: string): CheckOutcome {
  return async (job) => {
    for (const delay of CHECK_DELAYS_MS) {
      await new Promise((resolve) => setTimeout(resolve, delay))
      if (await isStoredNow(instanceId, job)) return job.outcome
    }
    return null
  }
}

/** Whether the registry has exactly the bytes of the upload. */
async function isStoredNow(instanceId: string, { namespace, fileName, chart, ...job }: UploadJob): Promise<boolean> {
  const provenanceSha256 = job.provenance && (await sha256(job.provenance))
  const file = { fileName, sha256: job.sha256, provenanceSha256, chart }
  const preview = await fetchPreview({ instanceId, namespace }, file)
  return preview?.effect.kind === 'unchanged'
}
