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
