import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { totpCode } from "../fixtures/totp.ts";

const TOP = fileURLToPath(new URL("../..", import.meta.url));
/** Below `test`, so that the block finds the packages; `dist` is nobody's source. */
const FOLDER = join(TOP, "test/dist/readme");

/** What the README takes for granted: an Express app with a log-in of its own, and a query. */
const GIVEN = `
import express from "express";
import session from "express-session";
const user = { kind: "staff", staffId: "anna", sellerId: "S1", roles: ["owner"], authenticatedAt: Date.now() };
export const app = express();
app.use(session({ secret: "test", resave: false, saveUninitialized: true }));
app.use((req, _res, next) => { req.session.user = user; next(); });
const makeOrder = (confirmedAt) => ({
  orderNo: "1", status: "paid", sellerId: "S1", buyerId: "b-1", paidAt: new Date(0), deliveredAt: null, confirmedAt,
  buyer: { name: "홍길동", phone: "010-1234-5678", email: "gildong@example.com" },
  address: "서울특별시 강남구 테헤란로 152", memo: "문 앞",
});
const findOrders = async () => [makeOrder(null), makeOrder(new Date(0))];
export { garim };
`;

const block = (text: string): string => /```ts\n(import \{ createGarim[\s\S]*?)```/.exec(text)?.[1] ?? "";

describe("the README's way into an app", () => {
  const readme = readFileSync(join(TOP, "README.md"), "utf8");
  const code = block(readme);
  const home = process.cwd();
  let browser: ReturnType<typeof request.agent>;
  let close: () => Promise<void>;

  beforeAll(async () => {
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    mkdirSync(FOLDER, { recursive: true });
    const file = join(FOLDER, "in-your-own-app.js");
    writeFileSync(file, GIVEN + code);
    process.chdir(mkdtempSync(join(tmpdir(), "garim-readme-")));
    const { app, garim } = await import(file);
    browser = request.agent(app);
    close = () => garim.close();
  });
  afterAll(async () => {
    await close();
    process.chdir(home);
    rmSync(FOLDER, { recursive: true });
    vi.restoreAllMocks();
  });

  it("is at most twenty-five lines", () => {
    expect(code.split("\n").filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(25);
  });

  it("refuses, enrols, and then shows a confirmed order masked as the README says", async () => {
    expect((await browser.get("/orders")).status).toBe(401);
    const { secret } = (await browser.post("/privacy/factors/totp")).body;
    const confirmation = { code: totpCode(secret, Date.now()) };
    expect((await browser.post("/privacy/factors/totp/confirmation").send(confirmation)).status).toBe(200);
    const { body } = await browser.get("/orders");
    expect(body[0]).toMatchObject({ buyer: { name: "홍길동" }, memo: "문 앞" });
    expect(JSON.stringify(body[1])).toBe(/```json\n(.*)\n```/.exec(readme)?.[1]);
  });
});
