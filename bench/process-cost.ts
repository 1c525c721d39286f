import { readdirSync, readFileSync } from 'node:fs'

/** CPU time of a process and all its threads, in milliseconds. */
export function cpuTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, thread) => sum + threadTime(pid, thread), 0) / 1e6
}

/** Resident memory of a process, in bytes. */
export function residentMemory(pid: number): number {
  return memoryOf(pid, 'VmRSS')
}

/** Peak resident memory of a process since its start, in bytes. */
export function peakMemory(pid: number): number {
  return memoryOf(pid, 'VmHWM')
}

function memoryOf(pid: number, name: string): number {
  const [, kilobytes] =
    new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

/** CPU time of a thread in nanoseconds, from `schedstat`; `stat` only has hundredths of a second. */
function threadTime(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    return 0 // The thread has ended since the list was read.
  }
}
