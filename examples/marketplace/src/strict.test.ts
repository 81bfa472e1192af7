import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Marketplace, startMarketplace } from "./index.ts";
import { codeOf, enrol, logIn } from "./testing/visitor.ts";

const dataDir = mkdtempSync(join(tmpdir(), "marketplace-strict-"));
let now = Date.parse("2026-11-20T10:00:00+09:00");
let market: Marketplace;

beforeAll(async () => {
  market = await startMarketplace({ port: 0, dataDir, orders: 40, clock: () => now, strict: true });
}, 60_000);
afterAll(async () => {
  await market.close();
  rmSync(dataDir, { recursive: true });
});

describe("a strict marketplace", () => {
  it("[code-2022/education code-2022/privacy-policy] shows no order before the course is read and the policy published", async () => {
    const owner = await logIn(market.url, "hanbit-owner");
    const secret = await enrol(owner, now);
    const why = async () => {
      const { status, body } = await owner.get("/api/orders");
      return status === 200 ? "shown" : body.reason;
    };
    // A course is due once its time is over: at the first moment there is only no policy.
    expect(await why()).toBe("policy-missing");
    now += 60_000;
    const proof = { method: "totp", action: "manage", code: codeOf(secret, now) };
    expect(await owner.post("/privacy/step-up", proof)).toMatchObject({ status: 200 });
    expect(await why()).toBe("education-missing");
    expect((await owner.post("/duties/education/mine/basics", {})).status).toBeLessThan(300);
    expect(await why()).toBe("policy-missing");
    const { draft } = (await owner.get("/duties/privacy-policy")).body;
    const { title, sections } = draft;
    expect(await owner.put("/duties/privacy-policy", { title, sections })).toMatchObject({ status: 200 });
    expect(await why()).toBe("shown");
  });
});
