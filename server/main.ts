import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createApp } from './app.ts'
import { collectNowAndThen } from './collect-now-and-then.ts'
import { publicUrlOf, readConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { openContext } from './context.ts'
import { closeListener, createListener, listen } from './http/listener.ts'
import { ensureAdministrator } from './registry/accounts.ts'
import { ensureConfiguredAccessKey } from './registry/configured-access-key.ts'
import { ensureFirstInstance } from './registry/instances.ts'
import { makeMissingManifests } from './registry/make-missing-manifests.ts'

/** How long what runs may go on after the process was told to stop, in milliseconds. */
const SHUTDOWN_PATIENCE = 10_000

try {
  await start()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`chartroom: ${error.message}\n`)
  process.exitCode = 1
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  await using opened = new AsyncDisposableStack()
  const context = opened.use(await openContext(config))
  await ensureFirstInstance(context.registry)
  await makeMissingManifests(context.registry)
  const server = createListener(createApp(context))
  const port = await listen(server, config.host, config.port).catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(config.host, config.port, error)
  })
  context.publicUrl = publicUrlOf(config, port)
  opened.use(collectNowAndThen(context))
  // Not before it listens: a generated password is told once, and a start that fails would not tell it.
  const password = await signInWith(context, config.adminPassword)
  if (config.accessKey) await ensureConfiguredAccessKey(context.registry, config.accessKey)
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

/** Makes the administrator where there is none. Answers with what to print of the password: itself only once. */
async function signInWith(
  { registry, adminPasswordFile }: AdministratorPlace,
  configured: string | undefined,
): Promise<string> {
  const { password } = await ensureAdministrator(registry, configured)
  if (configured !== undefined) {
    // What was generated before does not open anything any more.
    await rm(adminPasswordFile, { force: true })
    return 'as set by CHARTROOM_ADMIN_PASSWORD'
  }
  if (password === undefined) return existsSync(adminPasswordFile) ? `as kept in ${adminPasswordFile}` : 'as you set it'
  await rm(adminPasswordFile, { force: true })
  await writeFile(adminPasswordFile, `${password}\n`, { mode: 0o600, flush: true })
  return `${password}  (kept in ${adminPasswordFile})`
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
