import { readFile, rm } from 'node:fs/promises'
import { createApp } from './app.ts'
import { type Config, publicUrlOf, readConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { openContext } from './context.ts'
import { writeDurably } from './durable-files.ts'
import { closeListener, createListener, listen } from './http/transport/listener.ts'
import { ensureFirstInstance } from './registry/instances/instances.ts'
import { ensureConfiguredAccessKey } from './registry/people/configured-access-key.ts'
import { ensureAdministrator } from './registry/people/first-administrator.ts'
import { makeMissingManifests } from './registry/publishing/make-missing-manifests.ts'
import { ensureSigningKey } from './registry/sign-in/bearer-tokens.ts'
import { startRefusal } from './start-refusal.ts'

/** Time for running requests to complete at shutdown, in milliseconds. */
const SHUTDOWN_PATIENCE = 10_000

let data = ''
try {
  const config = readConfig(process.env)
  data = config.data
  await start(config)
} catch (error) {
  const refusal = startRefusal(error, data)
  if (!refusal) throw error
  process.stderr.write(`chartroom: ${refusal.message}\n`)
  process.exitCode = 1
}

async function start(config: Config): Promise<void> {
  await using opened = new AsyncDisposableStack()
  // Exits after a failed flush: this process cannot know which writes reached the disk, but the next start reads them.
  const context = opened.use(await openContext(config, () => process.exit(1)))
  // Completes the first start before listening, so that no valid credentials are rejected.
  await ensureFirstInstance(context.registry)
  await ensureSigningKey(context.registry)
  const password = await signInWith(context, config.adminPassword)
  if (config.accessKey) await ensureConfiguredAccessKey(context.registry, config.accessKey)
  await makeMissingManifests(context.registry)
  const server = createListener(createApp(context))
  const port = await listen(server, config.host, config.port).catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(config.host, config.port, error)
  })
  context.publicUrl = publicUrlOf(config, port)
  await context.jobs.start()
  const held = opened.move()

  let stopping = false
  const stop = async (signal: string) => {
    // A second signal exits at once.
    if (stopping) process.exit(1)
    stopping = true
    context.log.info({ signal }, 'stopping')
    await closeListener(server, SHUTDOWN_PATIENCE)
    await held.disposeAsync()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))

  process.stdout.write(
    [
      `Chartroom ${context.version} is ready.`,
      `  Sign in at  ${context.publicUrl}`,
      '  Account     admin',
      `  Password    ${password}`,
      '',
    ].join('\n'),
  )
}

type AdministratorContext = Pick<Awaited<ReturnType<typeof openContext>>, 'registry' | 'adminPasswordFile'>

/**
 * Ensures that the administrator exists. Returns the text about the password to print: includes a generated password
 * until the first sign-in, so that it is not lost if a start fails later.
 */
async function signInWith(
  { registry, adminPasswordFile }: AdministratorContext,
  configured: string | undefined,
): Promise<string> {
  const keep = (generated: string) => writeDurably(adminPasswordFile, `${generated}\n`)
  const { used } = await ensureAdministrator(registry, configured, keep)
  if (configured !== undefined) {
    // The generated password is no longer valid.
    await rm(adminPasswordFile, { force: true })
    return 'as set by CHARTROOM_ADMIN_PASSWORD'
  }
  const saved = await readFile(adminPasswordFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (saved === undefined) return 'as you set it'
  return used ? `as kept in ${adminPasswordFile}` : `${saved.trim()}  (kept in ${adminPasswordFile})`
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigError(
        `CHARTROOM_PORT is ${port}, which another program is using on ${host}: stop that one, or name another port.`,
      )
    case 'EACCES':
      return new ConfigError(`CHARTROOM_PORT is ${port}, which this user may not listen on: name one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError(`CHARTROOM_HOST is ${JSON.stringify(host)}, but must be an address of this machine.`)
    default:
      return error
  }
}
