import type { TableProps } from 'antd'
import { currentMessages } from '../i18n/language.ts'

/** What {@link rowSelection} needs to know of a table's rows. */
export interface SelectionOptions<Row> {
  /** Row keys that are selected. */
  selected: readonly string[]
  onChange: (selected: string[]) => void
  /** What a person calls the row. */
  nameOf: (row: Row) => string
}

/** antd's row selection with a name for every checkbox in the reader's language; antd's own names stay English. */
export function rowSelection<Row>(options: SelectionOptions<Row>): NonNullable<TableProps<Row>['rowSelection']> {
  const { common } = currentMessages()
  return {
    columnWidth: 44,
    selectedRowKeys: [...options.selected],
    onChange: (keys) => options.onChange(keys.map(String)),
    getCheckboxProps: (row) => ({ 'aria-label': common.selectRow(options.nameOf(row)) }),
    getTitleCheckboxProps: () => ({ 'aria-label': common.selectPage }),
  }
}
