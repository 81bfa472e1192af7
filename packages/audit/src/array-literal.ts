// Arrays as PostgreSQL's text form, cast inside the statement: a driver passes a text as it is, so one SQL fits pg and PGlite.

const SPECIAL = /["\\]/g;

/** `text[]`; a null is NULL. */
export function textArray(texts: readonly (string | null)[]): string {
  return `{${texts.map(quote).join(",")}}`;
}

function quote(text: string | null): string {
  return text === null ? "NULL" : `"${text.replace(SPECIAL, "\\$&")}"`;
}

/** `bytea[]`, in hex. */
export function bytesArray(values: readonly Uint8Array[]): string {
  return `{${values.map(hexOf).join(",")}}`;
}

function hexOf(bytes: Uint8Array): string {
  return `\\\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex")}`;
}

/** `uuid[]` or `bigint[]`: values that need no quotes. */
export function plainArray(values: readonly (string | number)[]): string {
  return `{${values.join(",")}}`;
}
