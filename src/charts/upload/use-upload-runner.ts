import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { instanceQueries } from '../../api/instances.ts'
import { type Present, uploadArchive, uploadQueries } from '../../api/uploads.ts'
import { sha256 } from './sha256.ts'
import type { UploadJob, UploadQueue } from './upload-queue.ts'
import { type AskOutcome, createUploadRunner, type SendUpload, type UploadRunner } from './upload-runner.ts'

/** The queue of one upload dialog. What it changed is fetched anew once, when nothing runs any more. */
export function useUploadRunner(instanceId: string): { runner: UploadRunner; queue: UploadQueue } {
  const client = useQueryClient()
  const [runner] = useState(() =>
    createUploadRunner(sendWith(client, instanceId), askWith(client, instanceId), () => {
      void client.invalidateQueries({ queryKey: instanceQueries.detail(instanceId).queryKey })
    }),
  )
  const queue = useSyncExternalStore(runner.subscribe, runner.queue)

  // Requests are outside React, and end with the dialog.
  useEffect(() => () => runner.cancelAll(), [runner])
  return { runner, queue }
}

function sendWith(client: QueryClient, instanceId: string): SendUpload {
  return async (job, options) => {
    try {
      await uploadArchive({ instanceId, ...job }, options)
      return job.outcome
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'PreconditionFailed') throw error
      // A lost race. What is there now decides: the same bytes are what was wanted, anything else is for the person.
      const present = await presentNow(client, instanceId, job).catch(() => null)
      if (present?.digest === job.sha256 && !job.provenance) return 'unchanged'
      throw error
    }
  }
}

/** How often and after how long the registry is asked about a request that was stopped: it may be storing the chart. */
const ASKED_AFTER_MS = [0, 500, 1500]

function askWith(client: QueryClient, instanceId: string): AskOutcome {
  return async (job) => {
    const provenance = job.provenance && (await sha256(job.provenance))
    for (const wait of ASKED_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait))
      const present = await presentNow(client, instanceId, job)
      if (present?.digest === job.sha256 && (!provenance || present.provenanceDigest === provenance)) return job.outcome
    }
    return null
  }
}

function presentNow(client: QueryClient, instanceId: string, job: UploadJob): Promise<Present | null> {
  return client.fetchQuery(uploadQueries.present({ instanceId, namespace: job.namespace }, job.fileName))
}
