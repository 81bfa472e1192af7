import { FULL } from "./text.ts";

/** One part of IPv4. A leading zero is refused: some readers take it for octal. */
const OCTET = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[\da-f]{1,4}$/i;

/**
 * Masks an IP address: bits 17-24 of IPv4 (`203.0.***.45`), bits 113-128 of IPv6, written out.
 * An IPv4 address inside IPv6 (`::ffff:`) is masked as IPv4: two masks of one address would tell it.
 *
 * @param ip - in normal form, not empty
 * @returns `***` for anything that is no address
 */
export function maskIp(ip: string): string {
  const octets = readOctets(ip);
  if (octets !== undefined) return maskOctets(octets);
  const groups = readGroups(ip);
  if (groups === undefined) return FULL;
  return isMapped(groups) ? maskOctets(toOctets(groups)) : maskGroups(groups);
}

function maskOctets([first, second, , fourth]: readonly number[]): string {
  return `${first}.${second}.${FULL}.${fourth}`;
}

function maskGroups(groups: readonly number[]): string {
  return `${groups
    .slice(0, 7)
    .map((group) => group.toString(16))
    .join(":")}:****`;
}

function readOctets(ip: string): readonly number[] | undefined {
  const parts = ip.split(".", 5);
  const isAddress = parts.length === 4 && parts.every((part) => OCTET.test(part) && Number(part) <= 255);
  return isAddress ? parts.map(Number) : undefined;
}

/** The eight groups of an IPv6 address in any of its spellings. */
function readGroups(ip: string): readonly number[] | undefined {
  if (ip.length > 45) return undefined;
  const [head = "", tail, more] = ip.split("::", 3);
  const before = readHalf(head);
  if (tail === undefined) return before?.length === 8 ? before : undefined;
  const after = readHalf(tail);
  if (before === undefined || after === undefined || more !== undefined) return undefined;
  const missing = 8 - before.length - after.length;
  return missing < 1 ? undefined : [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** Groups on one side of `::`; the last may be written as IPv4. */
function readHalf(half: string): readonly number[] | undefined {
  if (half === "") return [];
  const parts = half.split(":");
  const octets = readOctets(parts.at(-1) ?? "");
  const hex = octets === undefined ? parts : parts.slice(0, -1);
  if (!hex.every((part) => GROUP.test(part))) return undefined;
  const groups = hex.map((part) => Number.parseInt(part, 16));
  return octets === undefined ? groups : [...groups, ...toPair(octets)];
}

function toPair([a = 0, b = 0, c = 0, d = 0]: readonly number[]): readonly number[] {
  return [a * 256 + b, c * 256 + d];
}

function isMapped(groups: readonly number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
}

function toOctets(groups: readonly number[]): readonly number[] {
  return groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
}
