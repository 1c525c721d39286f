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

/** How long what runs may go on after the process was told to stop, in milliseconds. */
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
  // Whatever starts next reads what the disk has kept, and goes on from there; this process cannot know what that is.
  const context = opened.use(await openContext(config, () => process.exit(1)))
  // All of the first start comes before it listens: nobody is refused who has the right password.
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
    // Asked twice, it does not wait.
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

type AdministratorPlace = Pick<Awaited<ReturnType<typeof openContext>>, 'registry' | 'adminPasswordFile'>

/**
 * Makes the administrator where there is none. Returns what to print about the password: a generated one itself until
 * someone has signed in with it, so that it is not lost with a start that failed later.
 */
async function signInWith(
  { registry, adminPasswordFile }: AdministratorPlace,
  configured: string | undefined,
): Promise<string> {
  const keep = (generated: string) => writeDurably(adminPasswordFile, `${generated}\n`)
  const { used } = await ensureAdministrator(registry, configured, keep)
  if (configured !== undefined) {
    // A password that was generated before no longer opens anything.
    await rm(adminPasswordFile, { force: true })
    return 'as set by CHARTROOM_ADMIN_PASSWORD'
  }
  const kept = await readFile(adminPasswordFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (kept === undefined) return 'as you set it'
  return used ? `as kept in ${adminPasswordFile}` : `${kept.trim()}  (kept in ${adminPasswordFile})`
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
