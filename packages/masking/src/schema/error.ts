import { GarimError } from "@garim/policy";

/** What to write for something that is no node. */
export function remedyFor(path: string, node: unknown): string {
  const key = path.slice(path.lastIndexOf(".") + 1);
  return typeof node === "function"
    ? `call it: write ${key}: open() or ${key}: pii.name()`
    : `write ${key}: open(), ${key}: pii.name() (or the kind it is), a shape, a list or a schema`;
}

/** A declaration that is none. */
export function invalid(path: string, seen: unknown, remedy: string): GarimError {
  return new GarimError("ERR_GARIM_SCHEMA_INVALID", `${path} is ${describe(seen)}; ${remedy}`);
}

export function forbidden(path: string, key: string): GarimError {
  const why = key === "_masked" ? "Garim writes it itself" : "it cannot be a member of an answer";
  return new GarimError(
    "ERR_GARIM_SCHEMA_INVALID",
    `${path} declares a member ${JSON.stringify(key)}, but ${why}; leave it out or give it another name`,
  );
}

export function tooLarge(path: string, what: string): GarimError {
  return new GarimError(
    "ERR_GARIM_SCHEMA_INVALID",
    `${path.slice(0, 200)} is in a shape of ${what}; does it hold itself? Declare only the members that are answered`,
  );
}

function describe(seen: unknown): string {
  if (Array.isArray(seen)) return `a list of ${seen.length}`;
  if (seen === null || seen === undefined) return String(seen);
  if (typeof seen !== "object") return `a ${typeof seen}`;
  const { node, kind } = seen as { node?: unknown; kind?: unknown };
  return typeof node === "string" ? `a node ${JSON.stringify({ node, kind })}` : "an object";
}

/** A schema of another library that does not say in full what may be answered. */
export function undeclarable(path: string, seen: string, remedy: string): GarimError {
  return new GarimError("ERR_GARIM_SCHEMA_INVALID", `${path.slice(0, 200)} ${seen}; ${remedy}`);
}
