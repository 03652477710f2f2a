/** Text for people. */
export function say(...lines: readonly string[]): void {
  console.log(lines.join('\n'));
}

/** A heading, after an empty line. */
export function title(text: string): string {
  return `\n${text}\n${'-'.repeat(text.length)}`;
}

/** Columns as wide as their widest cell. A line break in a cell starts another line of its row. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].flatMap(linesOfRow);
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => writeLine(line, widths)).join('\n');
}

function linesOfRow(cells: readonly string[]): string[][] {
  const parts = cells.map((cell) => cell.split('\n'));
  const height = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => parts.map((part) => part[line] ?? ''));
}

function writeLine(cells: readonly string[], widths: readonly number[]): string {
  return `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
}
