import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { instanceQueries } from '../../api/instances.ts'
import { fetchPreview, uploadArchive } from '../../api/uploads.ts'
import { sha256 } from './sha256.ts'
import type { UploadJob, UploadQueue } from './upload-queue.ts'
import { type AskOutcome, createUploadRunner, type SendUpload, type UploadRunner } from './upload-runner.ts'

/** The queue of one upload dialog. What it changed is fetched anew once, when nothing runs any more. */
export function useUploadRunner(instanceId: string): { runner: UploadRunner; queue: UploadQueue; isPaused: boolean } {
  const client = useQueryClient()
  const [runner] = useState(() =>
    createUploadRunner(sendTo(instanceId), askAt(instanceId), () => {
      void client.invalidateQueries({ queryKey: instanceQueries.detail(instanceId).queryKey })
    }),
  )
  const queue = useSyncExternalStore(runner.subscribe, runner.queue)
  const isPaused = useSyncExternalStore(runner.subscribe, runner.isPaused)

  // Requests are outside React, and end with the dialog.
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
      // A lost race. What is there now decides: the same bytes are what was wanted, anything else is for the person.
      const isStored = await isStoredNow(instanceId, job).catch(() => false)
      if (isStored && !job.provenance) return 'unchanged'
      throw error
    }
  }
}

/** How often and after how long the registry is asked about a request that was stopped: it may be storing the chart. */
const ASKED_AFTER_MS = [0, 500, 1500]

function askAt(instanceId: string): AskOutcome {
  return async (job) => {
    for (const wait of ASKED_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait))
      if (await isStoredNow(instanceId, job)) return job.outcome
    }
    return null
  }
}

/** Whether the registry holds exactly what was to be uploaded. */
async function isStoredNow(instanceId: string, { namespace, fileName, chart, ...job }: UploadJob): Promise<boolean> {
  const provenanceSha256 = job.provenance && (await sha256(job.provenance))
  const file = { fileName, sha256: job.sha256, provenanceSha256, chart }
  const preview = await fetchPreview({ instanceId, namespace }, file)
  return preview?.effect.kind === 'unchanged'
}
