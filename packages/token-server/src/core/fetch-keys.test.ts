import type { lookup } from "node:dns";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createPlain } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TLS } from "../../test/tls.ts";
import { fetchKeys } from "./fetch-keys.ts";
import { KeysUnavailable, keyFaultOf } from "./key-fault.ts";

const ANSWERS: Readonly<Record<string, (res: ServerResponse) => void>> = {
  "/jwks": (res) => res.end('{"keys":[]}'),
  "/moved": (res) => void res.writeHead(302, { location: "/jwks" }).end(),
  "/broken": (res) => void res.writeHead(500).end("{}"),
  "/page": (res) => res.end("<html>"),
  "/large": (res) => res.end(JSON.stringify({ keys: "x".repeat(65_536) })),
  "/silent": () => undefined,
  "/cut": (res) => void res.socket?.destroy(),
};

let plain: Server;
let secure: Server;
let calls = 0;

const answer = ({ url = "" }: IncomingMessage, res: ServerResponse): void => {
  calls++;
  ANSWERS[url]?.(res);
};
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listening = (server: Server): Promise<void> =>
  new Promise((resolve) => server.once("listening", resolve));

beforeAll(async () => {
  plain = createPlain(answer).listen(0, "127.0.0.1");
  secure = createServer(TLS, answer).listen(0, "127.0.0.1");
  await Promise.all([listening(plain), listening(secure)]);
});
afterAll(() => {
  for (const server of [plain, secure]) server.close();
});

/** A name service by which every name leads to these. */
function leadsTo(...addresses: readonly string[]): typeof lookup {
  const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return ((_host: string, _options: object, done: (error: null, all: typeof found) => void) =>
    done(null, found)) as unknown as typeof lookup;
}

const NOBODY = ((_host: string, _options: object, done: (error: Error) => void) =>
  done(Object.assign(new Error("nobody"), { code: "ENOTFOUND" }))) as unknown as typeof lookup;

const here = (path: string): string => `http://127.0.0.1:${portOf(plain)}${path}`;
const faultOf = async (asked: Promise<unknown>): Promise<unknown> => {
  const error = await asked.catch((one: unknown) => one);
  expect(error).toBeInstanceOf(KeysUnavailable);
  return (error as KeysUnavailable).fault;
};

describe("fetchKeys", () => {
  it("fetches from a private address where that is allowed", async () => {
    expect(await fetchKeys(here("/jwks"), true)).toEqual({ keys: [] });
  });

  it.each([
    ["redirect", "/moved"],
    ["status", "/broken"],
    ["not-json", "/page"],
    ["too-large", "/large"],
    ["timeout", "/silent"],
    ["network", "/cut"],
  ])("says %s of an address that answers so, and follows nothing", async (fault, path) => {
    const before = calls;
    const network = { lookup: leadsTo(), timeoutMs: 500 };
    expect(await faultOf(fetchKeys(here(path), true, network))).toBe(fault);
    expect(calls - before).toBe(1);
  });

  it("says that nothing listens, that a name leads nowhere, and that a certificate is not to be trusted", async () => {
    const spare = createPlain().listen(0, "127.0.0.1");
    await listening(spare);
    const port = portOf(spare);
    await new Promise((resolve) => spare.close(resolve));
    expect(await faultOf(fetchKeys(`http://127.0.0.1:${port}/`, true))).toBe("refused");
    expect(await faultOf(fetchKeys("https://tool.example/jwks", false, { lookup: NOBODY }))).toBe("dns");
    expect(await faultOf(fetchKeys(`https://localhost:${portOf(secure)}/jwks`, true))).toBe("tls");
  });

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fd00::1",
    "fe80::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
  ])("does not connect to %s, also where another address of the name is public", async (address) => {
    const before = calls;
    const url = `https://tool.example:${portOf(secure)}/jwks`;
    for (const found of [leadsTo(address), leadsTo("8.8.8.8", address)])
      expect(await faultOf(fetchKeys(url, false, { lookup: found, ca: TLS.cert }))).toBe("not-public");
    expect(calls).toBe(before);
  });

  it.each([
    ["without TLS", "http://tool.example/jwks"],
    ["of another kind", "file:///etc/passwd"],
  ])("fetches nothing %s", async (_, url) => {
    expect(await faultOf(fetchKeys(url, false, { lookup: leadsTo("8.8.8.8") }))).toBe("not-public");
  });

  it("looks at an address written as one, too", async () => {
    for (const host of ["127.0.0.1", "[::1]", "0x7f.1", "2130706433", "localhost"])
      expect(await faultOf(fetchKeys(`https://${host}/jwks`, false))).toBe("not-public");
  });
});

describe("keyFaultOf", () => {
  it("finds why behind what others made of it", () => {
    const wrapped = new Error("a", { cause: new Error("b", { cause: new KeysUnavailable("status", 500) }) });
    expect(keyFaultOf(wrapped)).toMatchObject({
      fault: "status",
      status: 500,
      message: expect.stringContaining("(500)"),
    });
    const unknown = new Error("a", {
      cause: Object.assign(new Error("b"), { code: "ERR_JWKS_NO_MATCHING_KEY" }),
    });
    expect(keyFaultOf(unknown)?.fault).toBe("no-such-key");
    expect(keyFaultOf(new Error("a"))).toBeUndefined();
  });
});
