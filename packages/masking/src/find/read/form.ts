/**
 * Where a form ends that starts exactly at an index.
 *
 * @param form - a sticky expression whose every quantifier is bounded
 * @returns the exclusive end, -1 where the form does not start there
 */
export function endOfForm(form: RegExp, text: string, from: number): number {
  form.lastIndex = from;
  return form.test(text) ? form.lastIndex : -1;
}

/**
 * Where a form starts that ends exactly at an index.
 *
 * @param form - a sticky expression that looks behind, every quantifier bounded; its only capture is the whole of the form
 * @returns the start, -1 where the form does not end there
 */
export function startOfForm(form: RegExp, text: string, end: number): number {
  form.lastIndex = end;
  const words = form.exec(text)?.[1];
  return words === undefined ? -1 : end - words.length;
}

/**
 * Whether words stand beside an index: in front of it where the expression looks behind, else from it on.
 *
 * @param words - a sticky expression, what may stand between included, every quantifier bounded
 */
export function isBeside(text: string, index: number, words: RegExp): boolean {
  words.lastIndex = index;
  return words.test(text);
}
