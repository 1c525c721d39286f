/**
 * Returns all dropped files, including those in dropped folders; folders that cannot be read are omitted. To be called
 * within the drop event: the browser clears `data` afterwards, so the entries are taken before the first await.
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
  if (entry.isFile) return fileOf(entry as FileSystemFileEntry) // checked by isFile
  const reader = (entry as FileSystemDirectoryEntry).createReader() // entries are files or directories
  const files: File[] = []
  while (true) {
    // Browsers return entries in batches of about a hundred; an empty batch is the end.
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

/** Adds the path, to tell files with the same name in two folders apart. react-dropzone sets the same property. */
function withPath(file: File, path: string): File {
  return Object.defineProperty(file, 'path', { value: path })
}
