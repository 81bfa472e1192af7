import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { handClock, NOON, race } from "../../test/people.ts";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { StateDatabase } from "./database.ts";
import { postgresState } from "./postgres.ts";

const database = await PGlite.create();
afterAll(() => database.close());
beforeEach(async () => {
  await database.exec("drop schema if exists garim cascade");
});

type Query = StateDatabase["query"];

/** The database, with something wrong between it and the store; nothing until `break` is set. */
function breakable(): StateDatabase & { break: ((query: Query) => Query) | null } {
  const query: Query = (text, values) => database.query(text, values);
  return {
    break: null,
    query(text, values) {
      return (this.break?.(query) ?? query)(text, values);
    },
  };
}

const unavailable = expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" });

async function countRows(): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    "select count(*)::integer as count from garim.state",
  );
  return rows[0]?.count ?? Number.NaN;
}

describe("postgresState", () => {
  it("[T5] rejects while the database fails, and works again afterwards", async () => {
    const broken = breakable();
    const state = await postgresState(broken);
    broken.break = () => () => Promise.reject(Object.assign(new Error("terminating"), { code: "57P01" }));
    await expect(state.read("a")).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
      message: expect.stringContaining("57P01"),
    });
    await expect(state.write("a", "1", null, null)).rejects.toEqual(unavailable);
    await expect(state.remove("a", null)).rejects.toEqual(unavailable);
    broken.break = null;
    expect(await state.write("a", "1", null, null)).toBe(true);
  });

  it("[T5] rejects at the start when the database fails", async () => {
    const dead: StateDatabase = { query: () => Promise.reject(new Error("ECONNREFUSED")) };
    await expect(postgresState(dead)).rejects.toEqual(unavailable);
  });

  it("[B1] serves no reply that belongs to another request", async () => {
    const broken = breakable();
    const state = await postgresState(broken);
    await state.write("mine", "my session", null, null);
    await state.write("yours", "your session", null, null);
    let late: Awaited<ReturnType<Query>> | undefined;
    broken.break = (query) => async (text, values) => {
      const reply = late;
      late = await query(text, values);
      return reply ?? late;
    };
    await state.read("mine");
    for (const ask of [() => state.read("yours"), () => state.read("nobody's"), () => state.read("mine")])
      await expect(ask()).rejects.toEqual(unavailable);
    await expect(state.write("new", "1", null, null)).rejects.toEqual(unavailable);
  });

  it("[B1] serves no value that is stored under another key", async () => {
    const state = await postgresState(database);
    await state.write("mine", "my session", null, null);
    await state.write("yours", "your session", null, null);
    await database.query(
      "update garim.state set value = (select value from garim.state where key = 'yours')",
    );
    await expect(state.read("mine")).rejects.toEqual(unavailable);
    expect((await state.read("yours"))?.value).toBe("your session");
  });

  it("counts a serialization failure as a lost race, and any other failure as one", async () => {
    const broken = breakable();
    const state = await postgresState(broken);
    broken.break = () => () => Promise.reject(Object.assign(new Error("lost"), { code: "40001" }));
    expect(await state.write("a", "1", null, null)).toBe(false);
    await expect(state.read("a")).rejects.toEqual(unavailable);
  });

  it("deletes expired rows now and then, a bounded number at once", async () => {
    const clock = handClock();
    const state = await postgresState(database, { clock });
    await state.write("kept", "1", null, null);
    await database.query(
      "insert into garim.state select 'old' || n, '', n, $1 from generate_series(1, $2::integer) n",
      [NOON, AUTH_DEFAULTS.sweepRows + 5],
    );
    await state.write("too early", "1", null, null);
    expect(await countRows()).toBe(AUTH_DEFAULTS.sweepRows + 7);
    clock.now += AUTH_DEFAULTS.sweepMs;
    await state.write("in time", "1", null, null);
    expect(await countRows()).toBe(8);
    expect((await state.read("kept"))?.value).toBe("1");
  });

  it("tells that it wrote although the sweep failed", async () => {
    const broken = breakable();
    const state = await postgresState(broken);
    broken.break = (query) => (text, values) =>
      text.includes("skip locked") ? Promise.reject(new Error("timeout")) : query(text, values);
    expect(await state.write("a", "1", null, null)).toBe(true);
  });

  it("is migrated once by any number of nodes that start at once", async () => {
    const states = await race(8, () => postgresState(database));
    expect(await states[0]?.write("a", "1", null, null)).toBe(true);
    expect((await states[7]?.read("a"))?.value).toBe("1");
  });

  it("starts where another node migrated while this one tried to", async () => {
    const broken = breakable();
    broken.break = (query) => async (text, values) => {
      const reply = await query(text, values);
      if (text.startsWith("do")) throw Object.assign(new Error("already exists"), { code: "42P07" });
      return reply;
    };
    expect(await (await postgresState(broken)).write("a", "1", null, null)).toBe(true);
  });

  it("does not start where it may not migrate", async () => {
    const broken = breakable();
    broken.break = (query) => (text, values) =>
      text.startsWith("do")
        ? Promise.reject(Object.assign(new Error("denied"), { code: "42501" }))
        : query(text, values);
    await expect(postgresState(broken)).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
      message: expect.stringContaining("42501"),
    });
  });

  it("needs no right to create anything once it is migrated", async () => {
    await postgresState(database);
    await database.exec(`
      drop role if exists garim_app;
      create role garim_app;
      grant usage on schema garim to garim_app;
      grant usage on sequence garim.state_version to garim_app;
      grant select, insert, update, delete on garim.state to garim_app;
      grant select on garim.state_migration to garim_app;
      set role garim_app`);
    try {
      const state = await postgresState(database);
      expect(await state.write("a", "1", null, null)).toBe(true);
      expect(await state.remove("a", (await state.read("a"))?.version ?? null)).toBe(true);
    } finally {
      await database.exec("reset role");
    }
  });

  it("does not start on the schema of a newer package", async () => {
    await postgresState(database);
    await database.query("insert into garim.state_migration (version) values (99)");
    await expect(postgresState(database)).rejects.toMatchObject({
      code: "ERR_GARIM_SCHEMA_VERSION",
      message: expect.stringContaining("99"),
    });
  });
});
