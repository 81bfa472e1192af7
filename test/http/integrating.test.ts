import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { kindSet, REASONS, type Reason } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
const [metadata = "", application = "", token = "", lines = "", revoked = ""] = blocks
  .filter(({ info }) => info === "sh")
  .map((block) => block.lines.join("\n"));

const folder = mkdtempSync(join(tmpdir(), "garim-integrating-"));
let market: TokenMarket;

beforeAll(async () => {
  market = await openTokenMarket({
    tools: { sandbox: { sellers: ["sandbox-1"], revoked: ["sandbox-revoked"] } },
  });
  const script = blocks.find(({ info }) => info === "js sign.mjs");
  writeFileSync(join(folder, "sign.mjs"), script?.lines.join("\n") ?? "");
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a block of the guide as a reader pastes it. @returns the last line it printed, as JSON */
async function paste(block: string): Promise<Readonly<Record<string, unknown>>> {
  const env = { ...process.env, ISSUER: market.issuer, API: market.audience };
  const { stdout } = await run("bash", ["-c", block], { cwd: folder, env });
  return JSON.parse(stdout.trim());
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
