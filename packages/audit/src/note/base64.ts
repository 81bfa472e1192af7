/**
 * Reads standard base64 with its padding, and only in the form that encoding would give: no other text stands for the same bytes.
 *
 * @returns `undefined` where it is none
 * @source RFC 4648 sections 3.5 and 4
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? Uint8Array.from(bytes) : undefined;
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
