import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filePlace } from "@garim/express";
import express from "express";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { CANARY, tracesIn } from "../fixtures/canary.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";
import { startPostgresOrSkip } from "../services/postgres.ts";

const text = JSON.stringify(lineOf());

/** Production refuses a database without fsync, and so the embedded one. */
const postgres = await startPostgresOrSkip("errors in production");
const folder = mkdtempSync(join(tmpdir(), "garim-l4-"));
const checkpoints = { origin: "shop.example/access-log", places: [filePlace(folder)] };
const environments = postgres === undefined ? ["development"] : ["development", "production"];
const pool = new Pool({ connectionString: postgres?.url });
pool.on("error", () => undefined);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await pool.end();
  await postgres?.stop();
});

describe.each(environments)("[L4] errors in %s", (environment) => {
  let shop: Shop;
  let person: Person;
  const written: string[] = [];

  beforeAll(async () => {
    vi.stubEnv("NODE_ENV", environment);
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
    vi.spyOn(console, "error").mockImplementation((...args) => void written.push(args.join(" ")));
    shop = await openShop(
      (app, garim) => {
        app.use(express.json());
        mountPrivacy(app, garim);
        const guard = garim.reveal(orderLine, { purpose: "test" });
        app.get("/thrown", guard, () => {
          throw new Error(text);
        });
        app.get("/next", guard, (_req, _res, next) =>
          next(Object.assign(new Error(text), { status: 404, body: text })),
        );
        app.get("/next-text", guard, (_req, _res, next) => next(text));
        app.get(
          "/undeclared",
          guard,
          (_req, res) => void res.json(Object.assign(tidy(lineOf()), { note: CANARY.hidden })),
        );
        app.get(
          "/told",
          guard,
          (_req, res) =>
            void res
              .status(409)
              .json({ code: "already-shipped", message: `${CANARY.phone} ${CANARY.email}` }),
        );
        app.post("/orders", guard, (_req, res) => void res.json(tidy(lineOf())));
        app.use(garim.errors());
      },
      environment === "production" ? { database: pool, insecureCookie: false, checkpoints } : {},
    ).finally(() => vi.unstubAllEnvs());
    person = await enrolledPerson(shop, await shop.listen(), OWNER);
  });
  beforeEach(() => {
    written.length = 0;
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await shop.close();
  });

  async function expectSilent(answer: Response, status: number): Promise<Record<string, unknown>> {
    const body = await answer.text();
    expect(answer.status).toBe(status);
    expect(tracesIn(Buffer.from(body))).toEqual([]);
    expect(tracesIn(Buffer.from([...answer.headers].join("\n")))).toEqual([]);
    expect(tracesIn(Buffer.from(written.join("\n")))).toEqual([]);
    expect(tracesIn(Buffer.from(JSON.stringify(shop.diagnostics)))).toEqual([]);
    expect(body).not.toMatch(/at .*\.ts|node_modules/);
    return JSON.parse(body);
  }

  it.each([
    ["/thrown", 500],
    ["/next", 404],
    ["/next-text", 500],
  ])("[V13.4.2 V16.5.4] tell nothing of what a handler threw: %s", async (path, status) => {
    await expectSilent(await person.get(path), status);
  });

  it("[V16.5.1] keep a handler's own code and take personal data out of its text", async () => {
    expect(await expectSilent(await person.get("/told"), 409)).toMatchObject({
      status: 409,
      code: "already-shipped",
    });
  });

  it("[V16.5.1 V13.4.2] echo nothing of a body that is no JSON", async () => {
    const answer = await fetch(`http://127.0.0.1:${await shop.listen()}/orders`, {
      method: "POST",
      headers: { "content-type": "application/json", ...person.headers },
      body: `{"name": "${CANARY.name}", ${CANARY.hidden}`,
    });
    await expectSilent(answer, 400);
  });

  it("name an undeclared member to the engineer in development, and never its value", async () => {
    const answer = await person.get("/undeclared");
    if (environment === "production") return void (await expectSilent(answer, 200));
    expect(await expectSilent(answer, 500)).toMatchObject({
      code: "ERR_GARIM_ANSWER_UNDECLARED",
      help: expect.stringContaining("note"),
    });
  });
});
