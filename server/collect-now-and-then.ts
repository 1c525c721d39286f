import type { Context } from './http/context.ts'
import { pruneAuditLog } from './registry/audit/prune-audit-log.ts'
import { collectGarbage } from './registry/garbage/collect-garbage.ts'
import { recordCollection } from './registry/garbage/collect-on-demand.ts'

/** Milliseconds between the end of a run and the next, and from the start to the first. */
const BETWEEN_RUNS = 60 * 60 * 1000
const BEFORE_FIRST = 5 * 60 * 1000

/** Runs the collector on a timer until it is disposed of; then it waits for the run that is under way. */
export function collectNowAndThen({ registry, log }: Pick<Context, 'registry' | 'log'>): AsyncDisposable {
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  let timer = setTimeout(run, BEFORE_FIRST).unref()

  function run(): void {
    running = collect()
      .catch((error: unknown) => log.error({ err: error }, 'collecting failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(run, BETWEEN_RUNS).unref()
      })
  }

  async function collect(): Promise<void> {
    const collected = await collectGarbage(registry)
    await recordCollection(registry, collected)
    log.info(collected, 'garbage collected')
    log.info({ events: await pruneAuditLog(registry) }, 'took what is old out of the record')
  }

  return {
    async [Symbol.asyncDispose]() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
