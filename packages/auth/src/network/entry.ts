import { GarimError } from "@garim/policy";
import { type Address, cutAddress, readAddress, writeAddress } from "./address.ts";

/** What an entry of an allow-list lets in: every address that begins with these bits. */
export interface Range {
  readonly address: Address;
  /** How many bits count: 1 to 32 of IPv4, 1 to 128 of IPv6. */
  readonly prefix: number;
}

const NUMBER = /^(?:0|[1-9]\d{0,2})$/;

/** Bits in front of an IPv4 address that is written inside IPv6. */
const MAPPED_BITS = 96;

/**
 * Reads an entry: an address, or one with a prefix (CIDR).
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` naming the entry and what to write instead
 */
export function readEntry(entry: unknown): Range {
  if (typeof entry !== "string") throw invalid(entry, "is no text", '"203.0.113.7" or "203.0.113.0/24"');
  const [text = "", prefix, ...more] = entry.split("/");
  const address = readAddress(text);
  if (address === undefined || more.length > 0)
    throw invalid(
      entry,
      "is no address (nor are octal, short and zone forms)",
      '"203.0.113.7" or "2001:db8::/48"',
    );
  const range = { address, prefix: readPrefix(entry, text, prefix, address) };
  refuseEverything(entry, range);
  refuseHostBits(entry, range);
  return range;
}

function readPrefix(entry: string, text: string, prefix: string | undefined, address: Address): number {
  const most = 8 * address.length;
  if (prefix === undefined) return most;
  const isMapped = most === 32 && text.includes(":");
  const bits = NUMBER.test(prefix) ? Number(prefix) - (isMapped ? MAPPED_BITS : 0) : Number.NaN;
  if (bits >= 0 && bits <= most) return bits;
  throw invalid(entry, `has no prefix of at most ${most} bits`, `"${writeAddress(address)}/${most}"`);
}

function refuseEverything(entry: string, { prefix }: Range): void {
  if (prefix > 0) return;
  throw invalid(
    entry,
    "lets everybody in",
    "the networks that are really used; people who shall have no list are given none",
  );
}

/** `10.0.0.1/8` is either one host or sixteen million: whoever wrote it has to say. */
function refuseHostBits(entry: string, { address, prefix }: Range): void {
  const cut = cutAddress(address, prefix);
  if (cut.every((byte, i) => byte === address[i])) return;
  throw invalid(
    entry,
    `has bits behind its prefix of ${prefix}`,
    `"${writeAddress(cut)}/${prefix}" for the network, or "${writeAddress(address)}" for the one address`,
  );
}

function invalid(entry: unknown, seen: string, wanted: string): GarimError {
  const shown = typeof entry === "string" ? JSON.stringify(entry.slice(0, 64)) : `of type ${typeof entry}`;
  return new GarimError("ERR_GARIM_OPTION_INVALID", `The allow-list entry ${shown} ${seen}; write ${wanted}`);
}
