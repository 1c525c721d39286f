// `node scripts/make-data-folder.ts 2027-03`: packs a data folder made by this commit, for tests of later releases.
import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { packTar } from 'modern-tar/fs'
import type { DataFolderFacts } from '../server/testing/data-folders/facts.ts'
import { fillRegistry } from '../server/testing/data-folders/fill-registry.ts'
import { testServers } from '../server/testing/start-server.ts'

const ADMIN = { name: 'admin', password: 'correct horse battery staple' }
const LIMIT = 100 * 1024

const name = process.argv[2]
if (!name || !/^\d{4}-\d\d[a-z]?$/.test(name)) throw new Error('Name the folder by year and month: 2027-03.')
const target = fileURLToPath(new URL(`../server/testing/data-folders/${name}`, import.meta.url))
await using servers = await testServers()
const server = await servers.start({ CHARTROOM_ADMIN_PASSWORD: ADMIN.password })
const filled = await fillRegistry(server.url, ADMIN)
await server.stop()
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
await mkdir(target)
const facts: DataFolderFacts = { commit, ...filled }
await writeFile(join(target, 'facts.json'), `${JSON.stringify(facts, null, 2)}\n`)
const archive = join(target, 'data.tar.gz')
await pipeline(packTar(servers.data), createGzip({ level: 9 }), createWriteStream(archive))
const { size } = await stat(archive)
if (size > LIMIT)
  throw new Error(`${archive} has ${size} bytes, more than ${LIMIT}: too large to keep in the repository.`)
console.log(`${archive}: ${size} bytes`)
