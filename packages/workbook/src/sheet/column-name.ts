/** A column as sheets call it: 0 is A, 25 is Z, 26 is AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** The column, from 0, of a cell's name such as `AB12`. */
export function columnIndex(name: string): number {
  let index = 0;
  for (const letter of name) {
    const code = letter.charCodeAt(0) - 64;
    if (code < 1) break;
    index = index * 26 + code;
  }
  return index - 1;
}
