import { lookup } from "node:dns";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { type RequestOptions, request } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { createAllowList } from "@garim/auth";
import { faultOfError, KeysUnavailable } from "./key-fault.ts";

/** Addresses that no other firm's keys lie at: one's own networks, this machine, and what is nobody's (RFC 6890). */
const NOT_PUBLIC = createAllowList([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
  "::/127",
  "64:ff9b::/96",
  "2002::/16",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
]);

/** What a test may have otherwise: where names lead, whose certificates are believed, how long is waited. */
export interface KeysNetwork {
  readonly lookup: typeof lookup;
  readonly ca?: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 2_500;
const LARGEST_BYTES = 65_536;

/**
 * Fetches a tool's public keys: from public https addresses only, without redirects, at most 64 KiB, in 2.5 seconds. What is connected to
 * is what was looked up and found public, so no second answer to the same name counts.
 *
 * @param isPrivateAllowed - whether keys may lie on a private network and without TLS: for tests and closed networks
 * @returns a key set; its keys are not judged yet
 * @throws KeysUnavailable (rejects) naming why there is none
 */
export async function fetchKeys(
  address: string,
  isPrivateAllowed: boolean,
  network: KeysNetwork = { lookup },
): Promise<unknown> {
  const url = new URL(address);
  if (!isPrivateAllowed && !mayAsk(url)) throw new KeysUnavailable("not-public");
  const { timeoutMs = TIMEOUT_MS, ca } = network;
  const options: RequestOptions = {
    agent: false,
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(timeoutMs),
    ...(isPrivateAllowed ? {} : { lookup: guardLookup(network) }),
    ...(ca === undefined ? {} : { ca }),
  };
  try {
    return readKeys(await readAll(await ask(url, options)));
  } catch (error) {
    throw error instanceof KeysUnavailable ? error : new KeysUnavailable(faultOfError(error));
  }
}

/** Looked at before anything is sent: even an attempt to connect would tell what runs in the neighbourhood. */
function mayAsk({ protocol, hostname }: URL): boolean {
  const literal = hostname.replace(/^\[|\]$/g, "");
  return protocol === "https:" && (isIP(literal) === 0 || !NOT_PUBLIC.has(literal));
}

/** One private address among several is one too many: nobody's keys lie at both. */
function guardLookup(network: KeysNetwork): LookupFunction {
  return (host, options, done) => {
    network.lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, "", 0);
      const [first] = addresses;
      if (first === undefined || addresses.some(({ address }) => NOT_PUBLIC.has(address)))
        return done(new KeysUnavailable("not-public"), "", 0);
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

function ask(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? request : requestPlain;
    send(url, options, resolve).on("error", reject).end();
  });
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const { statusCode = 0 } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    throw new KeysUnavailable(statusCode >= 300 && statusCode < 400 ? "redirect" : "status", statusCode);
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    size += part.length;
    if (size > LARGEST_BYTES) throw new KeysUnavailable("too-large");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The core would take what is no key set for one of a minute ago. */
function readKeys(text: string): unknown {
  const set = parse(text);
  const keys: unknown = typeof set === "object" && set !== null && "keys" in set ? set.keys : undefined;
  const isSet = Array.isArray(keys) && keys.every((key) => typeof key === "object" && key !== null);
  if (!isSet) throw new KeysUnavailable("no-key-set");
  return set;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeysUnavailable("not-json");
  }
}
