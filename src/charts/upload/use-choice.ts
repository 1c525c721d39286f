import { type Dispatch, useEffect, useReducer, useRef } from 'react'
import { type Choice, type ChoiceAction, choiceReducer, noChoice } from './chosen-files.ts'
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
    choiceReducer(noChoice, { type: 'added', files: withIds(files) }),
  )
  const opened = useRef(new Set<string>())
  const unread = choice.files.filter(({ reading }) => reading.state === 'reading').slice(0, READ_AT_ONCE)

  // Reading a file is outside React.
  useEffect(() => {
    if (limit === undefined) return
    for (const { id, file } of unread) {
      if (opened.current.has(id)) continue
      opened.current.add(id)
      void readChosenFile(file, limit).then((reading) => dispatch({ type: 'read', id, reading }))
    }
  })

  return {
    choice,
    dispatch,
    add: (files) => dispatch({ type: 'added', files: withIds(files) }),
  }
}

let lastId = 0

/** Not by crypto.randomUUID: over plain http there is none. */
function withIds(files: readonly File[]): { id: string; file: File }[] {
  return files.map((file) => {
    lastId += 1
    return { id: `file-${lastId}`, file }
  })
}
