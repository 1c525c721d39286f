import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { instanceQueries } from '../../api/instances.ts'
import { uploadArchive, uploadQueries } from '../../api/uploads.ts'
import type { UploadQueue } from './upload-queue.ts'
import { createUploadRunner, type SendUpload, type UploadRunner } from './upload-runner.ts'

/** The queue of one upload dialog. What it changed is fetched anew once, when nothing runs any more. */
export function useUploadRunner(instanceId: string): { runner: UploadRunner; queue: UploadQueue } {
  const client = useQueryClient()
  const [runner] = useState(() =>
    createUploadRunner(sendWith(client, instanceId), () => {
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
      const now = uploadQueries.present({ instanceId, namespace: job.namespace }, job.fileName)
      const present = await client.fetchQuery(now).catch(() => null)
      if (present?.digest === job.sha256 && !job.provenance) return 'unchanged'
      throw error
    }
  }
}
