import type { ComponentChildren } from 'preact';

interface Column<T> {
  name: string;
  cell: (row: T) => ComponentChildren;
  /** Numbers stand to the right. */
  number?: boolean;
}

/** A table that scrolls by itself where it is too wide for the screen; on a phone one that `stacks` has each row's cells below each other. */
export function Table<T>({ caption, columns, rows, idOf, hideCaption, stacks }: { caption: string; columns: readonly Column<T>[]; rows: readonly T[]; idOf: (row: T) => string; hideCaption?: boolean; stacks?: boolean }) {
  return (
    <div class={stacks ? 'table stacks' : 'table'} tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class={hideCaption ? 'sr' : ''}>{caption}</caption>
        <thead><tr>{columns.map((each) => <th key={each.name} scope="col" class={each.number ? 'number' : ''}>{each.name}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={idOf(row)}>
              {columns.map((each, index) => index === 0
                ? <th key={each.name} scope="row" class={each.number ? 'number' : ''}>{each.cell(row)}</th>
                : <td key={each.name} data-name={each.name} class={each.number ? 'number' : ''}>{each.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
