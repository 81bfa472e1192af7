import { TOKEN_DEFAULTS } from "./defaults.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

// A mark of byte order stays, and so is no JSON.
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a JSON object that every parser reads alike: valid UTF-8, no member twice in one object (`JSON.parse` takes the last,
 * others the first), none named `__proto__`, and at most {@link TOKEN_DEFAULTS}.jsonDepth deep. Takes linear time.
 *
 * @returns the object, frozen through and through; `undefined` for anything else
 */
export function parseStrictObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = UTF8.decode(bytes);
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && isUnambiguous(text) ? (freezeDeep(value) as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Walks once over a text known to be JSON. Objects that are open have the set of their names, arrays have `null`. */
function isUnambiguous(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  let isNameNext = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') {
      const end = endOfString(text, at);
      if (isNameNext && !addName(open.at(-1), text.slice(at, end + 1))) return false;
      isNameNext = false;
      at = end;
    } else if (letter === "{" || letter === "[") {
      open.push(letter === "{" ? new Set() : null);
      if (open.length > TOKEN_DEFAULTS.jsonDepth) return false;
      isNameNext = letter === "{";
    } else if (letter === "}" || letter === "]") open.pop();
    else if (letter === ",") isNameNext = open.at(-1) !== null;
  }
  return true;
}

/** The index of the quote that closes the string opened at an index. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** Names are compared as read: one of them may be written with escapes. */
function addName(names: Set<string> | null | undefined, written: string): boolean {
  const name = JSON.parse(written) as string;
  if (!names || names.has(name) || name === "__proto__") return false;
  names.add(name);
  return true;
}

/** Freezes a value `JSON.parse` made, of a depth already checked. */
function freezeDeep<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) freezeDeep(part);
  return Object.freeze(value);
}
