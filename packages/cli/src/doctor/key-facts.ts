import { readFile, stat } from "node:fs/promises";

/** A key in use; never the key itself. */
export interface KeyEntry {
  /** `subjects`, `secrets` or `signers`. */
  readonly kind: string;
  readonly id: string;
  /** When it was made, UTC milliseconds; absent in older files. */
  readonly made?: number;
}

/** What is known of a key file. */
export type KeyFacts =
  | { readonly state: "unsaid" }
  | { readonly state: "missing"; readonly path: string }
  | { readonly state: "unreadable"; readonly path: string; readonly code: string }
  | { readonly state: "damaged"; readonly path: string }
  | {
      readonly state: "read";
      readonly path: string;
      /** Permission bits; absent on Windows, which has others. */
      readonly mode: number | undefined;
      readonly entries: readonly KeyEntry[];
    };

const KINDS = ["subjects", "secrets", "signers"];

/** Reads what a check may know of a key file: its rights, and ids and dates of its keys. */
export async function readKeyFacts(path: string | undefined): Promise<KeyFacts> {
  if (path === undefined) return { state: "unsaid" };
  try {
    const { mode } = await stat(path);
    const entries = readEntries(await readFile(path, "utf8"));
    if (entries === undefined) return { state: "damaged", path };
    return { state: "read", path, mode: process.platform === "win32" ? undefined : mode & 0o777, entries };
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? { state: "missing", path } : { state: "unreadable", path, code };
  }
}

/** Ids and dates of the keys in use: what is retired, or held for records of the past, makes nothing new. */
export function readEntries(text: string): readonly KeyEntry[] | undefined {
  try {
    const file = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const lists = KINDS.map((kind) => [kind, file[kind] ?? []] as const);
    return lists.flatMap(([kind, list]) =>
      (list as readonly Readonly<Record<string, unknown>>[]).flatMap((entry) => readEntry(kind, entry)),
    );
  } catch {
    // The engine's own message quotes the text, which holds keys.
    return undefined;
  }
}

function readEntry(kind: string, entry: Readonly<Record<string, unknown>>): readonly KeyEntry[] {
  const { id, made, retired, held } = entry;
  if (retired !== undefined || held !== undefined) return [];
  if (typeof id !== "string") throw new TypeError("a key without an id");
  const moment = typeof made === "string" ? Date.parse(made) : Number.NaN;
  return [{ kind, id, ...(Number.isFinite(moment) ? { made: moment } : {}) }];
}
