import { BlockList } from "node:net";
import { GarimError } from "@garim/policy";
import { type Address, readAddress, writeAddress } from "./address.ts";
import { readEntry } from "./entry.ts";

/** Addresses that are let in. */
export interface AllowList {
  /** Tells whether an address is listed. Total: what is no address, whatever it is, is on no list. */
  has(address: string | null | undefined): boolean;
}

/** Entries of one list. Each address is compared with all of them. */
const MOST_ENTRIES = 1_000;

/**
 * Makes a list of allowed addresses (접속 허용 IP).
 *
 * IPv4 and IPv6 inside `::ffff:` are the same address, in the entries as in what is asked; otherwise the families never match:
 * `::1` is not `127.0.0.1`. Who stands behind a translating gateway (NAT64) comes with the gateway's address.
 *
 * @param entries - addresses and networks in CIDR notation, at most 1,000; an empty list lets nobody in
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` naming the entry: no address, octal or short form, zone, prefix too long, bits
 *   behind the prefix, or a prefix of 0
 * @source notice-2026-9/6-1
 */
export function createAllowList(entries: readonly string[]): AllowList {
  if (!Array.isArray(entries) || entries.length > MOST_ENTRIES)
    throw new GarimError(
      "ERR_GARIM_OPTION_INVALID",
      `An allow-list is a list of at most ${MOST_ENTRIES} entries; write ["203.0.113.7", "2001:db8::/48"]`,
    );
  // One each: asked with the other family, a BlockList answers by rules of its own.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const { address, prefix } of entries.map(readEntry)) {
    const family = familyOf(address);
    lists[family].addSubnet(writeAddress(address), prefix, family);
  }
  return {
    has(text) {
      const address = readAddress(text);
      if (address === undefined) return false;
      const family = familyOf(address);
      return lists[family].check(writeAddress(address), family);
    },
  };
}

function familyOf(address: Address): "ipv4" | "ipv6" {
  return address.length === 4 ? "ipv4" : "ipv6";
}
