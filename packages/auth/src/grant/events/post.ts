import { lookup } from "node:dns";
import { type RequestOptions, request } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { createAllowList } from "../../network/allow-list.ts";
import { isPublicAddress } from "../../network/private.ts";

/** A post to a tool's webhook. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts, and gives the status of the answer. It must settle. */
export type PostPort = (post: Post) => Promise<number>;

const TIMEOUT_MS = 10_000;

/** What no client on the internet has either: this very machine, many at once, the way from IPv6 into IPv4. */
const SPECIAL = createAllowList([
  "0.0.0.0/8",
  "192.0.0.0/24",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::",
  "64:ff9b::/96",
  "2002::/16",
  "ff00::/8",
]);

/** Whether a tool may have us call an address: a name of the tool's own could lead into our network. */
export function mayCall(address: string): boolean {
  return isPublicAddress(address) && !SPECIAL.has(address);
}

/** What a test may have otherwise: where names lead, which addresses may be called, whose certificates are believed. */
interface Network {
  readonly lookup: typeof lookup;
  readonly mayCall: (address: string) => boolean;
  readonly ca?: string;
  readonly timeoutMs?: number;
}

/**
 * Posts to the internet: https only, no redirect, to public addresses only, and no longer than ten seconds. Of the answer nothing but
 * the status is read.
 */
export const postToInternet: PostPort = createPost({ lookup, mayCall });

/** Makes a way to post. */
export function createPost(network: Network): PostPort {
  const { timeoutMs = TIMEOUT_MS, ca } = network;
  const options = { lookup: guardLookup(network), ...(ca === undefined ? {} : { ca }) };
  return ({ url, headers, body }) => {
    const { protocol, hostname } = new URL(url);
    const literal = hostname.replace(/^\[|\]$/g, "");
    if (protocol !== "https:" || (isIP(literal) !== 0 && !network.mayCall(literal)))
      return Promise.reject(new Error("A webhook is called by https, at a public address"));
    return send(url, { ...options, signal: AbortSignal.timeout(timeoutMs) }, { headers, body });
  };
}

/** Looks a name up, and gives what may be called only. What is connected to is what was looked up, so no second answer counts. */
function guardLookup(network: Network): LookupFunction {
  return (host, options, done) => {
    network.lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, "", 0);
      const callable = addresses.filter(({ address }) => network.mayCall(address));
      const [first] = callable;
      if (first === undefined) return done(new Error("The name leads to no public address"), "", 0);
      return options.all === true ? done(null, callable) : done(null, first.address, first.family);
    });
  };
}

function send(url: string, options: RequestOptions, { headers, body }: Omit<Post, "url">): Promise<number> {
  const bytes = Buffer.from(body);
  const all = { ...headers, "content-type": "application/json", "content-length": bytes.length };
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, method: "POST", headers: all, agent: false }, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.destroy();
    });
    sent.on("error", reject);
    sent.end(bytes);
  });
}
