import type { Call } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { addProvenance } from '../../registry/publishing/add-provenance.ts'
import { publishChart } from '../../registry/publishing/publish-chart.ts'
import { stageArchive } from '../../registry/publishing/stage-archive.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { provenanceText, readUploadForm } from '../transport/chart-form.ts'
import { requestBody, requestBytes } from '../transport/request-body.ts'

/**
 * Publishes an upload to ChartMuseum's API: a form with `chart`, `prov` or both, or an archive as the body. A body that is
 * not multipart is an archive whatever its content type, because `curl --data-binary` declares a form.
 * Throws `chart-part-missing` and the errors of reading and publishing.
 */
export async function receiveUpload(context: Context, call: Call, namespace: string, c: HttpContext): Promise<void> {
  const { registry } = context
  const type = c.req.header('content-type')
  if (!/^multipart\/form-data\b/i.test(type ?? '')) {
    await publishChart(registry, call, { namespace, archive: await stageArchive(registry, requestBytes(c)) })
    return
  }
  const { archive, provenance } = await readUploadForm(registry, type, requestBody(c))
  if (archive) await publishChart(registry, call, { namespace, archive, provenance })
  else if (provenance) await addProvenance(registry, call, { namespace, text: provenance.text })
  else throw new RegistryError('chart-part-missing')
}

/** Adds the provenance file in the body. Throws the errors of reading it and of {@link addProvenance}. */
export async function receiveProvenance(
  context: Context,
  call: Call,
  namespace: string,
  c: HttpContext,
): Promise<void> {
  const text = await provenanceText(requestBytes(c))
  await addProvenance(context.registry, call, { namespace, text })
}
