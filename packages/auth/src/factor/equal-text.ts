import { timingSafeEqual } from "node:crypto";

/** Whether two texts are the same, in a time that does not tell how far they agree; their lengths are no secret. */
export function isEqualText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
