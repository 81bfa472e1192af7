import { GarimError, isGarimError } from "@garim/policy";

/** An answer that does not have its schema's shape. The message names the place and the type, never the value. */
export function wrongShape(path: string, wanted: string, seen: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_ANSWER_SHAPE",
    `${path} is ${describe(seen)}, but its schema declares ${wanted}; answer with ${wanted} there, or change the schema`,
  );
}

/** A BigInt, which JSON has no form for. */
export function bigIntSeen(path: string): GarimError {
  return new GarimError(
    "ERR_GARIM_ANSWER_SHAPE",
    `${path} is a bigint, which JSON cannot hold; answer with String(value) or Number(value) there`,
  );
}

/** Records that are not those the decisions were made for. */
export function changed(what: string): GarimError {
  return new GarimError(
    "ERR_GARIM_ANSWER_CHANGED",
    `${what}; answer with objects that stay the same between reading and writing: getters that make a new object on each read must be read into a plain one first`,
  );
}

export function tooLarge(maxBytes: number): GarimError {
  return new GarimError(
    "ERR_GARIM_ANSWER_TOO_LARGE",
    `The answer has more than ${maxBytes} bytes; answer page by page, or give a download for many rows`,
  );
}

export function tooManyItems(path: string, most: number): GarimError {
  return new GarimError(
    "ERR_GARIM_ANSWER_TOO_LARGE",
    `${path} has more than ${most} items; answer page by page, or give a download for many rows`,
  );
}

/** Passes Garim's errors on; what the host's own getters or proxies threw becomes one of them, with its cause. */
export function asAnswerError(thrown: unknown): GarimError {
  if (isGarimError(thrown)) return thrown;
  return new GarimError(
    "ERR_GARIM_ANSWER_SHAPE",
    "A member of the answer threw while it was read; answer with plain objects: res.json(rows.map((row) => ({ ...row })))",
    thrown,
  );
}

function describe(seen: unknown): string {
  if (seen === null || seen === undefined) return String(seen);
  if (Array.isArray(seen)) return "an array";
  if (typeof seen !== "object") return `a ${typeof seen}`;
  const kind = EXOTIC.find((make) => seen instanceof make);
  return kind === undefined ? "an object" : `a ${kind.name}`;
}

/** Built-in objects whose data is not in their members. */
const EXOTIC = [
  Map,
  Set,
  WeakMap,
  WeakSet,
  Date,
  RegExp,
  Promise,
  ArrayBuffer,
  String,
  Number,
  Boolean,
] as const;

/**
 * Tells whether a value has members a shape can name: an object of the host's, not an array and no built-in.
 */
export function isHostObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return !Array.isArray(value) && !ArrayBuffer.isView(value) && !EXOTIC.some((make) => value instanceof make);
}
