import { isIP } from "node:net";

/** An IP address as its bytes: 4 of IPv4, 16 of IPv6. */
export type Address = readonly number[];

/** The longest text an address has: IPv6 whose end is written as IPv4. */
const LONGEST = 45;

/**
 * Reads an address in any of its standard spellings.
 *
 * An IPv4 address inside IPv6 (`::ffff:203.0.113.9`) is the IPv4 address: sockets that listen on both families spell every
 * IPv4 client so, and `BlockList` takes the two for different ones. Octal (`010.0.0.1`) and short (`10.1`) forms are no
 * addresses, as programs disagree on what they mean; nor is one with a zone (`fe80::1%eth0`), which says nothing elsewhere.
 *
 * @returns `undefined` for anything else, whatever it is
 */
export function readAddress(text: unknown): Address | undefined {
  if (typeof text !== "string" || text.length > LONGEST || text.includes("%")) return undefined;
  switch (isIP(text)) {
    case 4:
      return readOctets(text);
    case 6:
      return unmap(readGroups(text));
    default:
      return undefined;
  }
}

/** Writes an address in a form every reader takes, with `::` for zeros at its end. */
export function writeAddress(address: Address): string {
  if (address.length === 4) return address.join(".");
  const groups = Array.from({ length: 8 }, (_, i) => (at(address, 2 * i) << 8) | at(address, 2 * i + 1));
  const used = groups.findLastIndex((group) => group !== 0) + 1;
  const written = groups.slice(0, used).map((group) => group.toString(16));
  return used === 8 ? written.join(":") : `${written.join(":")}::`;
}

/** The address with all but its first bits zero. */
export function cutAddress(address: Address, bits: number): Address {
  return address.map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * i))));
}

/** The bytes of valid IPv4. */
function readOctets(text: string): Address {
  return text.split(".").map(Number);
}

/** The bytes of valid IPv6. */
function readGroups(text: string): Address {
  const [head = "", tail = ""] = text.split("::");
  const [before, after] = [readHalf(head), readHalf(tail)];
  return [...before, ...new Array<number>(16 - before.length - after.length).fill(0), ...after];
}

function readHalf(half: string): Address {
  return half === "" ? [] : half.split(":").flatMap(readGroup);
}

function readGroup(group: string): Address {
  if (group.includes(".")) return readOctets(group);
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

const MAPPED: Address = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

function unmap(address: Address): Address {
  return MAPPED.every((byte, i) => address[i] === byte) ? address.slice(MAPPED.length) : address;
}

function at(address: Address, index: number): number {
  return address[index] ?? 0;
}
