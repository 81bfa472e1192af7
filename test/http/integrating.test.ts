import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { signWebhook, TOOL_EVENTS } from "@garim/auth";
import { kindSet, REASONS, type Reason } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findBlocks } from "../docs/document.ts";
import { lineOf } from "../fixtures/shop.ts";
import { openTokenMarket, type TokenMarket } from "../fixtures/token-market.ts";
import { KEEPER } from "../fixtures/tool-shop.ts";
import { TOP } from "../workspace.ts";

const run = promisify(execFile);

const GUIDES = ["ko", "en"].map((language) => ({
  language: language as "ko" | "en",
  text: readFileSync(
    join(TOP, `packages/token-server/INTEGRATING${language === "en" ? "" : ".ko"}.md`),
    "utf8",
  ),
}));
const blocks = findBlocks(GUIDES.find(({ language }) => language === "en")?.text ?? "");
const [
  metadata = "",
  application = "",
  token = "",
  lines = "",
  page = "",
  stream = "",
  receipt = "",
  receiptsToken = "",
  revoked = "",
] = blocks.filter(({ info }) => info === "sh").map((block) => block.lines.join("\n"));

const folder = mkdtempSync(join(tmpdir(), "garim-integrating-"));
let market: TokenMarket;

beforeAll(async () => {
  market = await openTokenMarket({
    tools: { sandbox: { sellers: ["sandbox-1"], revoked: ["sandbox-revoked"] } },
  });
  for (const name of ["sign.mjs", "webhook.mjs"]) {
    const script = blocks.find(({ info }) => info === `js ${name}`);
    writeFileSync(join(folder, name), script?.lines.join("\n") ?? "");
  }
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the blocks before it have put into the reader's shell. */
const BEFORE = lines
  .split("\n")
  .filter((one) => one.startsWith("TOKEN="))
  .join("\n");
const TOOL = token
  .split("\n")
  .filter((one) => one.startsWith("TOOL="))
  .join("\n");

/** Runs a block of the guide as a reader pastes it. @returns what it printed, line by line */
async function pasteLines(block: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const env = { ...process.env, ISSUER: market.issuer, API: market.audience };
  const { stdout } = await run("bash", ["-c", block], { cwd: folder, env });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The same of a block that prints one answer. */
async function paste(block: string): Promise<Readonly<Record<string, unknown>>> {
  const [answer = {}] = await pasteLines(block);
  return answer;
}

describe("the guide for integrators", () => {
  it("works when it is pasted: metadata, an application, and made-up orders in the sandbox at once", async () => {
    expect(await paste(metadata)).toMatchObject({ issuer: market.issuer });
    const applied = await paste(application);
    expect(applied).toMatchObject({ sandbox: true, sandboxSellers: ["sandbox-1"] });
    expect(await paste(token)).toMatchObject({ token_type: "DPoP", expires_in: 300 });
    const read = JSON.stringify(await paste(lines));
    expect(read).toContain("010-0000-0001");
    expect(read).toContain("purpose-ended");
    expect(read).not.toContain(lineOf().buyer.name);
    const refused = await paste(`TOOL=${applied["toolId"]}; ${revoked}`);
    expect(refused).toMatchObject({
      reason: "grant-revoked",
      remedy: expect.any(String),
      trace_id: expect.any(String),
    });
  }, 60_000);

  it("reads page by page and as a stream, says what it destroyed, and gets a token for that alone", async () => {
    const first = await paste(`${BEFORE}\n${page}`);
    expect(first).toMatchObject({ lines: expect.any(Array), next: expect.any(String) });
    const rest = await pasteLines(`${BEFORE}\n${stream}`);
    expect(rest.at(-1)).toEqual({ _end: { next: null } });
    const numbers = [...(first["lines"] as readonly object[]), ...rest.slice(0, -1)].map(
      (line) => (line as { readonly orderNo: string }).orderNo,
    );
    expect(numbers.length).toBeGreaterThan(5);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(rest[0]).toHaveProperty("_purgeBy");
    expect(await paste(`${TOOL}\n${receiptsToken}`)).toMatchObject({ scope: "garim:receipts" });
    const told = await paste(`${BEFORE}\n${receipt}`);
    expect(told).toMatchObject({ confirmed: [expect.any(String)], unknown: [] });
    expect(numbers).toContain((told["confirmed"] as readonly string[])[0]);
  }, 60_000);

  it("works on real sellers alone once the tool is approved", async () => {
    const { toolId } = JSON.parse(readFileSync(join(folder, "tool.json"), "utf8")) as { toolId: string };
    await approve(toolId);
    await paste(token);
    const read = JSON.stringify(await paste(lines));
    expect(read).toContain(lineOf().buyer.name);
    expect(read).not.toContain("010-0000");
  }, 60_000);

  /** What the marketplace and a seller do. */
  async function approve(toolId: string): Promise<void> {
    const { tools, grants, register } = market.garim.tools;
    await tools.approve(toolId, { kind: "operator", id: "op", sellerId: null });
    const paper = { document: "a", signedAt: Date.now() - 1_000, endsAt: null };
    await register.putAgreement({ ...paper, toolId, version: "1" }, KEEPER);
    await market.sign(toolId, "S1");
    const made = await grants.make({
      toolId,
      sellerId: "S1",
      kinds: kindSet(["name", "phone"]),
      purposes: ["fulfilment"],
      states: ["open"],
      endsAt: null,
      by: { kind: "staff", id: "kim", sellerId: "S1" },
      agreement: register.agreement(toolId),
      contract: register.contract("S1", toolId),
    });
    expect(made).toHaveProperty("id");
  }

  it.each(GUIDES)(
    "has every reason a tool can be told, as the policy says it ($language)",
    ({ language, text }) => {
      const [, told = ""] = /<!-- reasons -->\n([\s\S]*?)<!-- \/reasons -->/.exec(text) ?? [];
      expect(told, "put the expected table between the marks of the guide").toBe(reasonTable(language));
    },
  );
});

const OF_TOOLS =
  /^(?:grant|contract|token|proof|certificate|scope|tool|order|cursor|budget|seller-made|sequential|canary|receipt)-|^(?:code-void|request-invalid)$/;

/** The reasons a tool can be told. */
function reasonTable(language: "ko" | "en"): string {
  const head =
    language === "ko" ? "| 사유 | 근거 | 뜻 | 해결 |" : "| reason | source | what it says | what lifts it |";
  const rows = (Object.keys(REASONS) as Reason[])
    .filter((reason) => OF_TOOLS.test(reason))
    .map((reason) => {
      const { source, because, remedy } = REASONS[reason];
      return `| \`${reason}\` | ${source} | ${because[language]} | ${remedy?.[language] ?? ""} |`;
    });
  return [head, "|---|---|---|---|", ...rows, ""].join("\n");
}

describe.each(GUIDES)("the events of the guide ($language)", ({ text }) => {
  it("are those a tool can be told", () => {
    const [, table = ""] = /<!-- events -->\n([\s\S]*?)<!-- \/events -->/.exec(text) ?? [];
    const named = [...table.matchAll(/^\| `([a-z.]+)` \|/gm)].map(([, name]) => name);
    // Of keys the host alone is told.
    expect(named.toSorted()).toEqual(TOOL_EVENTS.filter((type) => type !== "key.old").toSorted());
  });
});

describe("the guide's webhook", () => {
  const SECRETS = [
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  ] as const;
  const BODY = JSON.stringify({ type: "grant.revoked", data: { sellerId: "S1" } });
  const said: string[] = [];
  let program: ChildProcess;
  let port = "";

  beforeAll(async () => {
    const env = { ...process.env, PORT: "0", WEBHOOK_SECRET: SECRETS.join(" ") };
    program = spawn(process.execPath, ["webhook.mjs"], { cwd: folder, env });
    program.stdout?.on("data", (chunk) => said.push(...String(chunk).trim().split("\n")));
    await vi.waitFor(() => expect(said[0]).toMatch(/^listening \d+$/), 15_000);
    port = said[0]?.split(" ")[1] ?? "";
  });
  afterAll(async () => {
    program.kill();
    await once(program, "exit");
  });

  /** Posts what the marketplace signs. @returns the status it is answered by */
  async function post(
    id: string,
    secret: string,
    more: { body?: string; at?: number } = {},
  ): Promise<number> {
    const signed = signWebhook(id, BODY, secret, more.at ?? Date.now());
    const headers = { "content-type": "application/json", ...signed };
    const answer = await fetch(`http://127.0.0.1:${port}`, {
      method: "POST",
      body: more.body ?? BODY,
      headers,
    });
    return answer.status;
  }

  it("hears what the marketplace signed, by either secret, and once what comes twice", async () => {
    for (const secret of SECRETS)
      expect([await post("evt-1", secret), await post("evt-1", secret)]).toEqual([204, 204]);
    expect(await post("evt-2", SECRETS[0])).toBe(204);
    await expect.poll(() => said.slice(1)).toHaveLength(2);
    expect(said.slice(1)).toEqual(Array(2).fill('grant.revoked {"sellerId":"S1"}'));
  });

  it("hears nothing else", async () => {
    const before = said.length;
    const other = "whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";
    expect(await post("evt-3", other)).toBe(401);
    expect(await post("evt-4", SECRETS[0], { body: BODY.replace("S1", "S2") })).toBe(401);
    expect(await post("evt-5", SECRETS[0], { at: Date.now() - 310_000 })).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: BODY })).status).toBe(401);
    expect(said.length).toBe(before);
  });
});

describe("GET /openapi.json", () => {
  it("describes every endpoint there is, and no other", async () => {
    const answer = await fetch(`${market.issuer}/openapi.json`);
    const { paths, openapi } = (await answer.json()) as { paths: Record<string, object>; openapi: string };
    const described = Object.entries(paths).flatMap(([path, item]) =>
      // What all methods of a path take stands beside them.
      Object.keys(item).flatMap((name) =>
        name === "parameters" ? [] : `${name.toUpperCase()} /oauth${path}`,
      ),
    );
    const routes = market.garim.routes(market.shop.app).filter(({ path }) => path.startsWith("/oauth/"));
    const known = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
    expect(openapi).toBe("3.1.0");
    expect(described.toSorted()).toEqual([...new Set(known)].toSorted());
  });
});
