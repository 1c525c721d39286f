// `npm run demo`: starts the registry on a separate data folder and fills it with sample charts.
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeChart } from '../chart/testing/make-chart.ts'
import { makeProvenance } from '../chart/testing/make-provenance.ts'
import { instanceEndpoints } from '../contract/ccr/instances.ts'
import { namespaceEndpoints } from '../contract/ccr/namespaces.ts'
import SERVER from '../server/arguments.json' with { type: 'json' }
import { DEMO_CHARTS, DEMO_INSTANCES } from './demo-catalogue.ts'

const data = process.env.CHARTROOM_DATA ?? './data-demo'
const server = spawn(process.execPath, SERVER, {
  stdio: ['inherit', 'pipe', 'inherit'],
  env: { ...process.env, CHARTROOM_DATA: data },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 1))

/** URL printed by this demo's server once it is ready, so that another server on the same port is never filled. */
const address = await new Promise<string>((resolve) => {
  let printed = ''
  server.stdout.on('data', (text) => {
    process.stdout.write(text)
    printed += text
    const url = /Sign in at +(\S+)/.exec(printed)?.[1]
    if (!url || !/Password .*\n/.test(printed)) return
    // The public URL may lead through a proxy that does not run.
    const { CHARTROOM_PUBLIC_URL, CHARTROOM_HOST = '127.0.0.1', CHARTROOM_PORT = '8080' } = process.env
    resolve(CHARTROOM_PUBLIC_URL ? `http://${CHARTROOM_HOST}:${CHARTROOM_PORT}` : url)
  })
})

const headers: Record<string, string> = { 'X-Requested-With': 'chartroom' }

/** Sends a request as the console does. Throws with the registry's message if it is refused. */
async function send(method: string, path: string, body?: object): Promise<Response> {
  const json = body !== undefined && !(body instanceof FormData)
  const response = await fetch(address + path, {
    method,
    headers: json ? { ...headers, 'Content-Type': 'application/json' } : headers,
    body: json ? JSON.stringify(body) : ((body as FormData | undefined) ?? null), // any other body is a form
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response
}

async function signIn(): Promise<void> {
  const password = process.env.CHARTROOM_ADMIN_PASSWORD ?? (await readFile(join(data, 'admin-password'), 'utf8')).trim()
  const response = await send('POST', '/console/session', { account: 'admin', password })
  headers.Cookie = response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** Creates missing instances of the demo; returns the IDs of all by name. */
async function instances(): Promise<Map<string, string>> {
  const response = await send('GET', `${instanceEndpoints.list.path}?pageSize=100`)
  const { instances: rows } = instanceEndpoints.list.response.parse(await response.json())
  const ids = new Map(rows.map((row) => [row.name, row.id]))
  for (const { name, type, tags } of DEMO_INSTANCES) {
    if (ids.has(name)) continue
    const made = await send('POST', instanceEndpoints.create.path, { name, type, tags })
    ids.set(name, instanceEndpoints.create.response.parse(await made.json()).instanceID)
  }
  return ids
}

async function fill(): Promise<void> {
  const ids = await instances()
  for (const instance of DEMO_INSTANCES) {
    const id = ids.get(instance.name)
    for (const namespace of instance.namespaces) {
      await send('POST', namespaceEndpoints.create.path.replace(':instanceId', String(id)), {
        projectName: namespace.name,
        public: String(namespace.public),
      })
    }
  }
  for (const { instance, namespace, metadata, versions, signed } of DEMO_CHARTS) {
    for (const [version, appVersion] of versions) {
      const chart = await makeChart({ name: metadata.name, version, metadata: { ...metadata, appVersion } })
      const form = new FormData()
      form.append('chart', new Blob([chart.bytes as Uint8Array<ArrayBuffer>]), chart.fileName) // made on no shared memory
      if (signed) form.append('prov', new Blob([makeProvenance(chart)]), `${chart.fileName}.prov`)
      await send('POST', `/v1/instances/${ids.get(instance)}/projects/${namespace}/charts`, form)
    }
  }
}

try {
  await signIn()
  const response = await send('GET', `${instanceEndpoints.list.path}?pageSize=100`)
  const { total } = instanceEndpoints.list.response.parse(await response.json())
  if (total === 1) {
    await fill()
    console.log('Demo data created: see the instances production, staging and edge.')
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  server.kill('SIGTERM')
}
