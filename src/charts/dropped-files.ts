/**
 * The files of a drop, those inside dropped folders too. What was dropped must be taken out before this returns to the
 * browser: a drop's data is gone after its event. Folders that cannot be read are left out.
 */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  const taken = [...data.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const lists = await Promise.all(
    taken.map(({ entry, file }) => (entry?.isDirectory ? filesIn(entry) : file ? [file] : [])),
  )
  return lists.flat()
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return fileOf(entry as FileSystemFileEntry) // isFile says so
  const reader = (entry as FileSystemDirectoryEntry).createReader() // what is no file is a folder
  const files: File[] = []
  while (true) {
    // A reader hands out a hundred or so at a time, until it gives none.
    const entries = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])))
    if (entries.length === 0) return files
    for (const inner of entries) files.push(...(await filesIn(inner)))
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File[]> {
  return new Promise((resolve) =>
    entry.file(
      (file) => resolve([withPath(file, entry.fullPath)]),
      () => resolve([]),
    ),
  )
}

/** The path tells files of the same name in two folders apart; react-dropzone keeps it under the same key. */
function withPath(file: File, path: string): File {
  return Object.defineProperty(file, 'path', { value: path })
}
