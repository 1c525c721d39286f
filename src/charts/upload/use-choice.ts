import { type Dispatch, useEffect, useReducer, useRef } from 'react'
import { findChartFolders } from './chart-folders.ts'
import { type Choice, type ChoiceAction, type ChosenFile, choiceReducer, noChoice } from './chosen-files.ts'
import { readChartFolder } from './read-chart-folder.ts'
import { readChosenFile } from './read-chosen-file.ts'

/** Files opened at the same time: enough to keep a disk and a core busy. */
const READ_AT_ONCE = 4

/**
 * The chosen files; each one that is added gets opened. `limit`: bytes of an archive at most, unknown until the
 * registry has said. `first` are there from the start.
 */
export function useChoice(
  limit: number | undefined,
  first: readonly File[],
): {
  choice: Choice
  dispatch: Dispatch<ChoiceAction>
  add: (files: readonly File[]) => void
} {
  const [choice, dispatch] = useReducer(choiceReducer, first, (files) =>
    choiceReducer(noChoice, { type: 'added', files: chosen(files) }),
  )
  const opened = useRef(new Set<string>())
  const unread = choice.files.filter(({ reading }) => reading.state === 'reading').slice(0, READ_AT_ONCE)

  // Reading a file is outside React.
  useEffect(() => {
    if (limit === undefined) return
    for (const { id, file, folder } of unread) {
      if (opened.current.has(id)) continue
      opened.current.add(id)
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

function chosen(given: readonly File[]): Omit<ChosenFile, 'reading'>[] {
  const { folders, files } = findChartFolders(given)
  return [
    ...files.map((file) => ({ id: nextId(), file, folder: null })),
    ...folders.map((folder) => ({ id: nextId(), file: new File([], folder.name), folder })),
  ]
}

/** Not by crypto.randomUUID: over plain http there is none. */
function nextId(): string {
  lastId += 1
  return `file-${lastId}`
}
