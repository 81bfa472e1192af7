import { PGlite } from "@electric-sql/pglite";
import type { SessionData } from "express-session";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SessionStore } from "./session-store.ts";
import { createTables } from "./tables.ts";

const HOUR = 3_600_000;
const session: SessionData = {
  cookie: { originalMaxAge: null },
  account: { user: "u", kind: "buyer", id: "b", seller: null, authenticatedAt: 0 },
};
let now = Date.parse("2026-11-20T10:00:00+09:00");
let database: PGlite;
let store: SessionStore;

beforeAll(async () => {
  database = await PGlite.create();
  await createTables(database);
  store = new SessionStore(database, () => now);
});

afterAll(() => database.close());

const set = (id: string): Promise<void> =>
  new Promise((done, fail) => store.set(id, session, (e) => (e ? fail(e) : done())));
const destroy = (id: string): Promise<void> =>
  new Promise((done, fail) => store.destroy(id, (e) => (e ? fail(e) : done())));
const get = (id: string): Promise<unknown> =>
  new Promise((done, fail) => store.get(id, (e, found) => (e ? fail(e) : done(found))));

describe("SessionStore", () => {
  it("finds what was stored, and nothing under another id", async () => {
    await set("one");
    expect(await get("one")).toMatchObject({ account: { user: "u" } });
    expect(await get("two")).toBeNull();
  });

  it("stores no id that could be presented", async () => {
    const { rows } = await database.query("SELECT * FROM market.log_ins");
    expect(JSON.stringify(rows)).not.toContain('"one"');
  });

  it("[S3] stays ended when a slow request saves the session after the log-out", async () => {
    await set("slow");
    await destroy("slow");
    await set("slow");
    expect(await get("slow")).toBeNull();
  });

  it("forgets after a day", async () => {
    await set("old");
    now += 24 * HOUR - 1;
    expect(await get("old")).not.toBeNull();
    now += 1;
    expect(await get("old")).toBeNull();
  });

  it("tells the caller when the database fails", async () => {
    const broken = new SessionStore({ query: () => Promise.reject(new Error("down")) }, () => now);
    const found = new Promise((done) => broken.get("one", (error) => done(error)));
    expect(await found).toMatchObject({ message: "down" });
  });
});
