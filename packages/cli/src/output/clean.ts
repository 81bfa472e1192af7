/**
 * Makes a text harmless for a terminal, on one line: what steers a terminal or turns the direction of writing is shown as its
 * code. Texts of the log come from outside.
 */
export function cleanForTerminal(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}
