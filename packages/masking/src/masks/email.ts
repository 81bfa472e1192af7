import { FULL } from "./text.ts";

/** A host name with a top-level domain of letters: the part that stays must not carry anything else. */
const DOMAIN = /^(?=.{1,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u;

/**
 * Masks an e-mail address: two letters of the local part and the domain stay (`gi***@example.com`).
 *
 * @param email - in normal form, not empty
 * @returns `***` for anything that is no address
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const domain = email.slice(at + 1);
  if (at < 1 || email.includes(" ") || !DOMAIN.test(domain)) return FULL;
  return `${maskUserId(email.slice(0, at))}@${domain}`;
}

/**
 * Masks a log-in name (아이디): two letters stay, and always fewer than there are (`gi***`, `ab` is `a***`).
 *
 * @param id - in normal form, not empty
 * @returns `***` for anything with white space in it
 */
export function maskUserId(id: string): string {
  if (id.includes(" ")) return FULL;
  // Code points: half of a surrogate pair is no letter.
  const [first = "", second = "", third = ""] = id;
  if (second === "") return FULL;
  return (third === "" ? first : first + second) + FULL;
}
