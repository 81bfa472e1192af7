const LONGEST_NAME = 64;

/** Reads what a person calls a factor. Total: of anything, what can be shown of its first 64 characters is kept. */
export function readFactorName(name: unknown, otherwise: string): string {
  if (typeof name !== "string") return otherwise;
  // Cut first: a name may be of any length. Invisible characters and those that turn the writing round would disguise it.
  const shown = name
    .slice(0, 4 * LONGEST_NAME)
    .normalize("NFC")
    .replace(/\p{C}/gu, "")
    .trim();
  return Array.from(shown).slice(0, LONGEST_NAME).join("") || otherwise;
}
