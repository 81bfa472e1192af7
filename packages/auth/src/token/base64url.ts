/**
 * Decodes canonical base64url (RFC 7515, 2): no padding, no white space, no other letters, unused bits zero.
 *
 * Node skips what it does not know, so one token would have any number of texts.
 *
 * @returns the bytes, or `undefined` where the text is not the one its bytes are written as
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}
