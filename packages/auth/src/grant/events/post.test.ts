import type { lookup } from "node:dns";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { TLS } from "../../../test/tls.ts";
import { createPost, mayCall, type PostPort, postToInternet } from "./post.ts";

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** A tool's server on this machine, by its name; ended after each test. */
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

async function startTool(answer: Answer): Promise<string> {
  const server = createServer(TLS, answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `https://tool.example:${(server.address() as AddressInfo).port}/hook`;
}

/** A name service by which every name leads to these. */
function leadTo(...addresses: readonly string[]): typeof lookup {
  const found = addresses.map((address) => ({ address, family: 4 }));
  return ((_host: string, _options: object, done: (error: null, all: typeof found) => void) =>
    done(null, found)) as unknown as typeof lookup;
}

/** Names lead to this machine, and it may be called. */
function postHere(more: Partial<Parameters<typeof createPost>[0]> = {}): PostPort {
  return createPost({ lookup: leadTo("127.0.0.1"), mayCall: () => true, ca: TLS.cert, ...more });
}

describe("mayCall", () => {
  it.each(["203.0.113.7", "8.8.8.8", "2606:4700::1111"])("takes %s", (address) => {
    expect(mayCall(address)).toBe(true);
  });

  it.each([
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "169.254.169.254",
    "100.100.100.200",
    "192.168.0.1",
    "172.16.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "localhost",
    "",
  ])("does not take %j, which leads into our own network or nowhere", (address) => {
    expect(mayCall(address)).toBe(false);
  });
});

describe("postToInternet", () => {
  it.each([
    "http://tool.example/hook",
    "https://127.0.0.1/hook",
    "https://[::1]/hook",
    "https://[::ffff:7f00:1]/hook",
    "https://2130706433/hook",
    "https://0x7f.1/hook",
  ])("calls nothing at %s", async (url) => {
    await expect(postToInternet({ url, headers: {}, body: "{}" })).rejects.toThrow("public address");
  });

  it("calls no name that leads into our own network", async () => {
    const post = { url: "https://localhost:9/hook", headers: {}, body: "{}" };
    await expect(postToInternet(post)).rejects.toThrow("no public address");
  });
});

describe("createPost", () => {
  it("posts headers and bytes as they are, and gives the status", async () => {
    let told = "";
    const url = await startTool((req, res) => {
      req.setEncoding("utf8").on("data", (text: string) => {
        told += text;
      });
      const { method, headers } = req;
      req.on("end", () => {
        told = JSON.stringify([method, headers["webhook-id"], headers["content-type"], told]);
        res.writeHead(202).end("thanks");
      });
    });
    const post = { url, headers: { "webhook-id": "evt-1" }, body: '{"이름":1}' };
    expect(await postHere()(post)).toBe(202);
    expect(JSON.parse(told)).toEqual(["POST", "evt-1", "application/json", '{"이름":1}']);
  });

  it("follows no redirect, and reads no endless answer", async () => {
    const asked: string[] = [];
    const url = await startTool((req, res) => {
      asked.push(req.url ?? "");
      res.writeHead(307, { location: "/elsewhere" }).write("on and on");
    });
    expect(await postHere()({ url, headers: {}, body: "{}" })).toBe(307);
    expect(asked).toEqual(["/hook"]);
  });

  it("does not wait for ever for an answer", async () => {
    const url = await startTool(() => undefined);
    await expect(postHere({ timeoutMs: 50 })({ url, headers: {}, body: "{}" })).rejects.toThrow();
  });

  it("tells nothing to who cannot show the name's certificate", async () => {
    const url = await startTool((_, res) => res.writeHead(204).end());
    await expect(
      createPost({ lookup: leadTo("127.0.0.1"), mayCall: () => true })({ url, headers: {}, body: "{}" }),
    ).rejects.toMatchObject({
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    const other = url.replace("tool.example", "other.example");
    await expect(postHere()({ url: other, headers: {}, body: "{}" })).rejects.toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });

  it("calls of several addresses a name leads to none but public ones", async () => {
    const url = await startTool((_, res) => res.writeHead(204).end());
    const asked: string[] = [];
    const mayCallHere = (address: string) => {
      asked.push(address);
      return address === "127.0.0.1";
    };
    expect(
      await postHere({ lookup: leadTo("10.0.0.1", "127.0.0.1"), mayCall: mayCallHere })({
        url,
        headers: {},
        body: "",
      }),
    ).toBe(204);
    expect(asked).toEqual(["10.0.0.1", "127.0.0.1"]);
  });
});
