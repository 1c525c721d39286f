import { type Dispatch, useEffect, useReducer, useRef } from 'react'
import { findChartFolders } from './chart-folders.ts'
import { type Choice, type ChoiceAction, type ChosenFile, choiceReducer, noChoice } from './chosen-files.ts'
import { readChartFolder } from './read-chart-folder.ts'
import { readChosenFile } from './read-chosen-file.ts'

/** Number of files read at the same time: enough to keep a disk and a core busy. */
const MAX_CONCURRENT_READS = 4

/**
 * State of the chosen files; reads each file that is added. `limit` is the maximum size of an archive in bytes; nothing
 * is read while it is undefined. `initial` files are chosen from the start.
 */
export function useChoice(
  limit: number | undefined,
  initial: readonly File[],
): {
  choice: Choice
  dispatch: Dispatch<ChoiceAction>
  add: (files: readonly File[]) => void
} {
  const [choice, dispatch] = useReducer(choiceReducer, initial, (files) =>
    choiceReducer(noChoice, { type: 'added', files: chosen(files) }),
  )
  const started = useRef(new Set<string>())
  const unread = choice.files.filter(({ reading }) => reading.state === 'reading').slice(0, MAX_CONCURRENT_READS)

  // Reading a file is outside React.
  useEffect(() => {
    if (limit === undefined) return
    for (const { id, file, folder } of unread) {
      if (started.current.has(id)) continue
      started.current.add(id)
      if (folder) void readChartFolder(folder, file, limit).then((read) => dispatch({ type: 'read', id, ...read }))
      else void readChosenFile(file, limit).then((reading) => dispatch({ type: 'read', id, reading, file }))
    }
  })

  return {
    choice,
    dispatch,
    add: (files) => dispatch({ type: 'added', files: chosen(files) }),
  }
}

let lastId = 0

function chosen(added: readonly File[]): Omit<ChosenFile, 'reading'>[] {
  const { folders, files } = findChartFolders(added)
  return [
    ...files.map((file) => ({ id: nextId(), file, folder: null })),
    ...folders.map((folder) => ({ id: nextId(), file: new File([], folder.name), folder })),
  ]
}

/** A counter, as crypto.randomUUID does not exist over plain http. */
function nextId(): string {
  lastId += 1
  return `file-${lastId}`
}
