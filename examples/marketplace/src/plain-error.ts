/** What went wrong at the start, in words for the person at the terminal: printed as it is, without a stack. */
export class PlainError extends Error {
  override readonly name: string = "PlainError";
}
