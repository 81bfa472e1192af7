import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchKeys } from "./fetch-keys.ts";

let server: Server;
let origin: string;
let calls = 0;

beforeAll(async () => {
  server = createServer((req, res) => {
    calls++;
    if (req.url === "/moved") res.writeHead(302, { location: "/jwks" }).end();
    else res.end('{"keys":[]}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const GUARDED = { dispatcher: {} };
const leadsTo =
  (...addresses: readonly string[]) =>
  async () =>
    addresses.map((address) => ({ address }));

describe("fetchKeys", () => {
  it("fetches from a private address where that is allowed", async () => {
    expect(await (await fetchKeys(`${origin}/jwks`, GUARDED, true)).json()).toEqual({ keys: [] });
  });

  it("follows no redirect", async () => {
    await expect(fetchKeys(`${origin}/moved`, GUARDED, true)).rejects.toThrow(TypeError);
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
  ])("does not connect to %s", async (address) => {
    const before = calls;
    const asked = fetchKeys("https://tool.example/jwks", GUARDED, false, leadsTo("8.8.8.8", address));
    await expect(asked).rejects.toThrow("public https addresses");
    expect(calls).toBe(before);
  });

  it.each([
    ["without TLS", "http://tool.example/jwks", GUARDED, leadsTo("8.8.8.8")],
    ["where a name leads nowhere", "https://tool.example/jwks", GUARDED, leadsTo()],
    ["without the core's own guard", "https://tool.example/jwks", {}, leadsTo("8.8.8.8")],
    ["of another kind", "file:///etc/passwd", GUARDED, leadsTo("8.8.8.8")],
  ])("fetches nothing %s", async (_, url, options, resolve) => {
    await expect(fetchKeys(url, options, false, resolve)).rejects.toThrow("public https addresses");
  });

  it("looks at an address written as one, too", async () => {
    for (const host of ["127.0.0.1", "[::1]", "0x7f.1", "2130706433", "localhost"])
      await expect(fetchKeys(`https://${host}/jwks`, GUARDED, false)).rejects.toThrow(
        "public https addresses",
      );
  });
});
