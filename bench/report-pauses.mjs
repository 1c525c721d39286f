// Loaded into the measured server: replies to each message with the longest pause of the event loop since the last
// message, in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delays = monitorEventLoopDelay({ resolution: 1 })
delays.enable()
process.on('message', () => {
  process.send?.(delays.max / 1e6)
  delays.reset()
})
// An open channel must not keep the server running.
process.channel?.unref()
