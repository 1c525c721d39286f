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
 * Publishes what came by ChartMuseum's upload: a form with `chart`, `prov` or both, or an archive as the body itself,
 * of whatever type it is said to be: curl says that of a form in a URL.
 * Throws `chart-part-missing` and what reading and publishing throw.
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

/** Adds the provenance file that is the body. Throws what reading it and {@link addProvenance} throw. */
export async function receiveProvenance(
  context: Context,
  call: Call,
  namespace: string,
  c: HttpContext,
): Promise<void> {
  const text = await provenanceText(requestBytes(c))
  await addProvenance(context.registry, call, { namespace, text })
}
