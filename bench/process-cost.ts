import { readdirSync, readFileSync } from 'node:fs'

/** Time that the processors have spent on a process, all of its threads, in milliseconds. */
export function cpuTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, thread) => sum + threadTime(pid, thread), 0) / 1e6
}

/** Memory of a process that is in the machine's, in bytes. */
export function residentMemory(pid: number): number {
  return memoryOf(pid, 'VmRSS')
}

/** The most that it has been since the process began, in bytes. */
export function peakMemory(pid: number): number {
  return memoryOf(pid, 'VmHWM')
}

function memoryOf(pid: number, name: string): number {
  const [, kilobytes] =
    new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

/** In nanoseconds; `stat` would tell it in hundredths of a second. */
function threadTime(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    return 0 // It has ended since the list was read.
  }
}
