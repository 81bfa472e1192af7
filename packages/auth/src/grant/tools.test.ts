import { PGlite } from "@electric-sql/pglite";
import { DAY } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handClock, NOON } from "../../test/people.ts";
import { APPLICATION, OPERATOR, startToolNode, type ToolNode } from "../../test/tools.ts";

const invalid = (member: string) =>
  expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID", message: expect.stringContaining(member) });

let database: PGlite;
let node: ToolNode;
const clock = handClock();

beforeAll(async () => {
  database = await PGlite.create();
  node = await startToolNode(database, { clock });
});
afterAll(async () => {
  await node.follower.close();
  await database.close();
});

describe("Tools", () => {
  it.each<[string, object, string]>([
    ["no tier", { tier: "password" }, "tier"],
    ["no Korean name", { name: { en: "A" } }, "name.ko"],
    ["an invisible name", { name: { ko: "\u200b", en: "A" } }, "name.ko"],
    ["two places of keys", { jwks: { keys: [someKey()] } }, "jwks"],
    ["no keys", { jwksUri: null }, "jwks"],
    ["keys without TLS", { jwksUri: "http://tool.example/jwks" }, "jwksUri"],
    ["a redirect with a fragment", { redirectUris: ["https://tool.example/#a"] }, "redirectUris"],
    ["a redirect without TLS", { redirectUris: ["http://tool.example/"] }, "redirectUris"],
    ["a redirect that is a script", { redirectUris: ["javascript:alert(1)"] }, "redirectUris"],
    ["a redirect of another's name", { redirectUris: ["https://a@tool.example/"] }, "redirectUris"],
    ["one redirect that is no list", { redirectUris: "https://tool.example/" }, "redirectUris"],
    ["an address list of all", { addresses: ["0.0.0.0/0"] }, "0.0.0.0/0"],
    ["a webhook without TLS", { webhookUrl: "http://tool.example/" }, "webhookUrl"],
    ["no certificate", { tier: "certificate" }, "certificate"],
    ["a short thumbprint", { tier: "certificate", certificate: { thumbprint: "a" } }, "certificate"],
    ["no contact", { ownerContact: "" }, "ownerContact"],
  ])("register nothing with %s, and say what is wanted", async (_, more, member) => {
    const before = node.changes.length;
    const asked = node.tools.apply({ ...APPLICATION, ...more } as never, null);
    await expect(asked).rejects.toEqual(invalid(member));
    expect(node.changes).toHaveLength(before);
  });

  it("register no tool that gives its secret key away", async () => {
    const jwks = { keys: [{ ...someKey(), d: "secret" }] };
    await expect(node.tools.apply({ ...APPLICATION, jwksUri: null, jwks }, null)).rejects.toMatchObject({
      code: "ERR_GARIM_KEYS_INVALID",
    });
  });

  it("take http on the loopback for a redirect, where tools are tried out", async () => {
    const redirectUris = ["http://127.0.0.1:8080/back", "http://[::1]/back", "http://localhost/back"];
    expect(await node.tools.apply({ ...APPLICATION, redirectUris }, null)).toMatchObject({ redirectUris });
  });

  it("[V15.3.3] take over nothing that was not asked for", async () => {
    const more = { status: "approved", sandbox: false, toolId: "mine", secret: { hash: "", endsAt: 9e15 } };
    const tool = await node.tools.apply({ ...APPLICATION, ...more } as never, null);
    expect(tool).toMatchObject({ status: "applied", sandbox: true, secret: null });
    expect(tool.toolId).toMatch(/^tool-[\w-]{12}$/);
    const changed = await node.tools.change(
      tool.toolId,
      { ...more, ownerContact: "a@b.example" } as never,
      null,
    );
    expect(changed).toEqual({ ...tool, ownerContact: "a@b.example" });
  });

  it("let nobody but an operator change what was approved", async () => {
    const { toolId } = await node.tools.apply(APPLICATION, null);
    const redirectUris = ["https://thief.example/"];
    await node.tools.approve(toolId, OPERATOR);
    await expect(node.tools.change(toolId, { redirectUris }, null)).rejects.toEqual(invalid("operator"));
    expect(node.tools.find(toolId)?.redirectUris).toEqual(APPLICATION.redirectUris);
    expect(await node.tools.change(toolId, { redirectUris }, OPERATOR)).toMatchObject({ redirectUris });
  });

  it("know no tool that is not there", async () => {
    expect(node.tools.find("nobody")).toBeNull();
    expect(await node.tools.approve("nobody", OPERATOR)).toBeNull();
    expect(await node.tools.suspend("nobody", OPERATOR, "")).toBeNull();
    expect(await node.tools.change("nobody", {}, OPERATOR)).toBeNull();
    expect(await node.tools.makeSecret("nobody", OPERATOR)).toBeNull();
  });

  it("show a secret once, store its hash, and give it 180 days", async () => {
    const { toolId } = await node.tools.apply({ ...APPLICATION, tier: "secret", jwksUri: null }, null);
    const made = await node.tools.makeSecret(toolId, OPERATOR);
    expect(made?.tool.secret?.endsAt).toBe(clock() + 180 * DAY);
    const { rows } = await database.query("select value from garim.entry where key = $1", [toolId]);
    expect(JSON.stringify([rows, node.changes])).not.toContain(made?.secret);
    const other = await node.tools.apply(APPLICATION, null);
    await expect(node.tools.makeSecret(other.toolId, OPERATOR)).rejects.toEqual(invalid("secret"));
  });

  it("approve nothing that cannot be recorded, and suspend all the same", async () => {
    let isLogDown = false;
    const careful = await startToolNode(database, {
      record: () => {
        if (isLogDown) throw new Error("the log is down");
      },
    });
    const { toolId } = await careful.tools.apply(APPLICATION, null);
    isLogDown = true;
    await expect(careful.tools.approve(toolId, OPERATOR)).rejects.toThrow("the log is down");
    expect(careful.tools.find(toolId)?.status).toBe("applied");
    await expect(careful.tools.suspend(toolId, OPERATOR, "leak")).rejects.toThrow("the log is down");
    expect(careful.tools.find(toolId)?.status).toBe("suspended");
    await careful.follower.close();
  });
});

describe("TokenKeys", () => {
  it("[V13.3.4] sign with a new key once every node knows it, and let the one before die by itself", async () => {
    const { keys } = node;
    expect(() => keys.signing()).toThrow(expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }));
    clock.now = NOON;
    const first = await keys.rotate({ owner: "platform", by: OPERATOR });
    expect(keys.signing().kid).toBe(first.kid);
    clock.now = NOON + DAY;
    const next = await keys.rotate({ owner: "platform", by: OPERATOR, algorithm: "EdDSA" });
    const at = (ms: number) => {
      clock.now = NOON + DAY + ms;
      return [keys.signing().kid, keys.isLive(first.kid), keys.isLive(next.kid)];
    };
    expect(at(0)).toEqual([first.kid, true, true]);
    expect(at(1_999)).toEqual([first.kid, true, true]);
    expect(at(2_000)).toEqual([next.kid, true, true]);
    expect(at(601_999)).toEqual([next.kid, true, true]);
    expect(at(602_000)).toEqual([next.kid, false, true]);
    expect(keys.publicSet().keys.map(({ kid }) => kid)).toEqual([next.kid]);
    expect(keys.list().map(({ kid, owner }) => [kid, owner])).toEqual([
      [next.kid, "platform"],
      [first.kid, "platform"],
    ]);
  });

  it("sign with the new key at once where the other one is retired before its time", async () => {
    const { keys } = node;
    const [newest] = keys.list();
    const next = await keys.rotate({ owner: "platform", by: OPERATOR });
    expect(keys.signing().kid).toBe(newest?.kid);
    await keys.retire(newest?.kid ?? "", OPERATOR, "stolen");
    expect(keys.signing().kid).toBe(next.kid);
    expect(keys.isLive(newest?.kid ?? "")).toBe(false);
    await keys.retire(next.kid, OPERATOR, "stolen, too");
    expect(() => keys.signing()).toThrow(expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }));
    expect(await keys.retire("nobody's", OPERATOR, "")).toBeNull();
  });

  it("keep no private half in the clear, none of a retired key at all, and none in records", async () => {
    const { keys } = node;
    const { kid } = await keys.rotate({ owner: "platform", by: OPERATOR });
    const { d } = keys.signing().privateJwk;
    const stored = async () => JSON.stringify((await database.query("select value from garim.entry")).rows);
    expect(String(d)).toMatch(/^[\w-]{43}$/);
    expect(await stored()).not.toContain(d);
    expect(JSON.stringify([keys.list(), keys.publicSet(), node.changes])).not.toContain(d);
    await keys.retire(kid, OPERATOR, "over");
    expect(await stored()).not.toContain('"nonce"');
  });

  it("have an owner", async () => {
    await expect(node.keys.rotate({ owner: " ", by: OPERATOR })).rejects.toEqual(invalid("owner"));
  });
});

function someKey(): object {
  return {
    kty: "EC",
    crv: "P-256",
    kid: "k1",
    alg: "ES256",
    x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
  };
}
