import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isGarimError } from "@garim/policy";
import { afterAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { keepTerminal } from "../../test/terminal.ts";
import type { Connection, Queries } from "./connection.ts";
import { explainFault } from "./fault.ts";
import { openServer } from "./server.ts";
import { type Opening, openConnection, withConnection } from "./with-connection.ts";
import { withLog } from "./with-log.ts";

const postgres = await startPostgresOrSkip("connections of the command line", { mustBeOwn: true });
const folder = mkdtempSync(join(tmpdir(), "garim-connect-"));
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const READ: Opening = { mode: "read" };
const WRITE: Opening = { mode: "write" };
const PASSWORD = new URL(postgres?.url ?? "postgres://u:none@h/d").password;

/** The server's address with some parts changed. */
function address(
  change: Partial<Pick<URL, "password" | "username" | "pathname" | "port" | "hostname">>,
): string {
  return Object.assign(new URL(postgres?.url ?? "postgres://h/d"), change).href;
}

function ask<T>(url: string, opening: Opening, run: (connection: Connection) => Promise<T>): Promise<T> {
  const context = { terminal: keepTerminal({ env: { DATABASE_URL: url } }), end: () => undefined };
  return withConnection(context, {}, opening, run);
}

async function faultOf(failing: Promise<unknown>): Promise<string> {
  const error = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isGarimError(error)) throw error ?? new Error("nothing failed");
  expect(error.message).not.toMatch(/\n/);
  expect(error.message).not.toContain(PASSWORD);
  return error.message;
}

const askOne = (connection: Connection) => connection.query("select 1 as one");

describe.skipIf(postgres === undefined)("withConnection on PostgreSQL", () => {
  const url = postgres?.url ?? "";

  it("names the database without its password", async () => {
    const name = await ask(url, READ, (connection) => Promise.resolve(connection.name));
    expect(name).toMatch(/^database postgres at 127\.0\.0\.1:\d+ as postgres$/);
  });

  it("calls itself garim, and leaves no setting behind for the next user of a pooled session", async () => {
    const text = `select current_setting('application_name') as name,
      current_setting('transaction_read_only') as read_only, current_setting('statement_timeout') as patience,
      (select reset_val from pg_settings where name = 'default_transaction_read_only') as session`;
    const { rows } = await ask(url, { mode: "read", statementMs: 1_500 }, (one) => one.query(text));
    expect(rows).toEqual([{ name: "garim", read_only: "on", patience: "1500ms", session: "off" }]);
  });

  it("writes nothing in a verb that reads, whatever it is asked", async () => {
    const fault = await faultOf(ask(url, READ, (one) => one.query("create table t (a int)")));
    expect(fault).toMatch(/read-only \(25006\)/);
    await ask(url, WRITE, (one) => one.query("create table t (a int)"));
  });

  it("can write on the side, where a verb that reads puts on record that it did", async () => {
    const rows = await ask(url, READ, async (reader) => {
      await reader.use(WRITE).query("create table aside (a int)");
      await expect(reader.query("drop table aside")).rejects.toMatchObject({ code: "25006" });
      return (await reader.query("select count(*)::int as n from aside")).rows;
    });
    expect(rows).toEqual([{ n: 0 }]);
  });

  it("sees one state of the database in a transaction", async () => {
    await ask(url, WRITE, (one) => one.query("create table seen (a int)"));
    const counts = await ask(url, READ, (reader) =>
      reader.transaction(async (queries) => {
        const before = await queries.query("select count(*)::int as n from seen");
        await ask(url, WRITE, (writer) => writer.query("insert into seen values (1)"));
        return [...before.rows, ...(await queries.query("select count(*)::int as n from seen")).rows];
      }),
    );
    expect(counts).toEqual([{ n: 0 }, { n: 0 }]);
  });

  it("undoes what a transaction did before it failed, and goes on", async () => {
    const rows = await ask(url, WRITE, async (connection) => {
      for (const fail of [
        (queries: Queries) => queries.query("select 1/0"),
        () => Promise.reject(new Error("of the verb's own")),
      ]) {
        const failed = connection.transaction(async (queries) => {
          await queries.query("create table half (a int)");
          await fail(queries);
        });
        await expect(failed).rejects.toThrow(/division by zero|own/);
      }
      return (await connection.query("select to_regclass('half')::text as half")).rows;
    });
    expect(rows).toEqual([{ half: null }]);
  });

  it.each([
    [
      "a wrong password",
      { password: "hunter2" },
      /refuses the password \(28P01\); correct user and password/,
    ],
    ["no password", { password: "" }, /refuses the password/],
    ["an unknown user", { username: "nobody" }, /as nobody: it refuses the password/],
    ["no such database", { pathname: "/shop" }, /database shop at .* no such database \(3D000\)/],
    ["nobody listening", { port: "1" }, /nothing listens there \(ECONNREFUSED\); start PostgreSQL/],
    ["an unknown host", { hostname: "nohost.invalid" }, /host's name is not known \(E/],
  ])("has one clear line for %s", async (_, change, message) => {
    expect(await faultOf(ask(address(change), READ, askOne))).toMatch(message);
  });

  it.each([["nonsense"], ["http://h/d"], ["postgres://u:hunter2#x@h/d"], ["postgres://u:hunter2@h:99999/d"]])(
    "refuses the address %s without repeating it",
    async (bad) => {
      const fault = await faultOf(ask(bad, READ, askOne));
      expect(fault).toMatch(/DATABASE_URL holds no address of a database; write DATABASE_URL=/);
      expect(fault).not.toMatch(/hunter2|99999/);
    },
  );

  it("has one clear line for a server that speaks no TLS", async () => {
    expect(await faultOf(ask(`${url}?sslmode=verify-full`, READ, askOne))).toMatch(/no TLS.*remove sslmode/);
  });

  it("has one clear line for a server that never answers", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const place = { kind: "server", url: address({ port: String(port) }), from: "DATABASE_URL" } as const;
    const connection = await openServer(place, READ, { connectMs: 100, graceMs: 0 });
    await expect(connection.query("select 1")).rejects.toThrow(/timeout/);
    await connection.close();
    silent.close();
  });

  it("waits no longer than a statement may take where a network swallows the answers", async () => {
    const { hostname, port } = new URL(url);
    let isSwallowing = false;
    const proxy = createServer((near) => {
      const far = connect(Number(port), hostname);
      near.on("error", () => far.destroy()).on("close", () => far.destroy());
      far.on("error", () => near.destroy()).on("data", (bytes) => isSwallowing || near.write(bytes));
      near.on("data", (bytes) => far.write(bytes));
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const through = address({ port: String((proxy.address() as AddressInfo).port) });
    const place = { kind: "server", url: through, from: "DATABASE_URL" } as const;
    const connection = await openServer(
      place,
      { mode: "read", statementMs: 200 },
      { connectMs: 15_000, graceMs: 200 },
    );
    const failing = connection.transaction(async (queries) => {
      isSwallowing = true;
      await queries.query("select 1");
    });
    const error = await failing.catch((thrown: unknown) => thrown);
    expect(explainFault(error, "database x")?.message).toMatch(/does not answer \(TIMEOUT\)/);
    await connection.close();
    proxy.close();
  });

  it("ends a statement that takes too long", async () => {
    const opening: Opening = { mode: "read", statementMs: 50 };
    const fault = await faultOf(ask(url, opening, (one) => one.query("select pg_sleep(60)")));
    expect(fault).toMatch(/took too long \(57014\)/);
  });

  it("has one clear line for a connection that breaks in the middle", async () => {
    const fault = await faultOf(
      ask(url, READ, (one) => one.query("select pg_terminate_backend(pg_backend_pid())")),
    );
    expect(fault).toMatch(/the connection broke \(57P01\); try again/);
  });

  it("lets a fault of a verb's own through", async () => {
    await expect(ask(url, READ, () => Promise.reject(new TypeError("ours")))).rejects.toThrow(TypeError);
    // Of a file, which must not be blamed on the database.
    const reading = ask(url, READ, () => readFile(join(folder, "none")));
    await expect(reading).rejects.toMatchObject({ code: "ENOENT", path: join(folder, "none") });
  });

  it("tells a database that is not Garim's, one of an older and one of a newer version", async () => {
    const context = { terminal: keepTerminal({ env: { DATABASE_URL: url } }), end: () => undefined };
    const open = () => withLog(context, {}, READ, askOne);
    expect(await faultOf(open())).toMatch(/is no database of Garim .* make its tables with garim migrate/);
    await ask(url, WRITE, async (one) => {
      await one.query("create schema garim");
      await one.query("create table garim.log_version (version integer not null)");
      await one.query("insert into garim.log_version values (99)");
    });
    expect(await faultOf(open())).toMatch(/of version 99, and this garim knows \d; install the @garim\/cli/);
    await ask(url, WRITE, (one) => one.query("update garim.log_version set version = 0"));
    await ask(url, WRITE, (one) => one.query("drop schema garim cascade"));
  });
});

// A busy machine makes a folder of PGlite slowly.
describe("withConnection on PGlite", { timeout: 120_000 }, () => {
  const embedded = join(folder, "database");
  const context = { terminal: keepTerminal(), end: () => undefined };

  it("makes a database only where the verb may", async () => {
    const options = { embedded };
    expect(await faultOf(withConnection(context, options, READ, askOne))).toMatch(
      /holds no embedded database .* give --embedded the folder/,
    );
    const made = await withConnection(context, options, { mode: "write", mayMake: true }, askOne);
    expect(made.rows).toEqual([{ one: 1 }]);
  });

  it("finds the folder `database` in the folder it is given, as the demo keeps it", async () => {
    const name = await withConnection(context, { embedded: folder }, READ, async (one) => one.name);
    expect(name).toBe(`embedded database in ${embedded}`);
  });

  it("reads in read-only transactions, two at once one after the other", async () => {
    const rows = await withConnection(context, { embedded }, READ, async (connection) => {
      await expect(connection.query("create table t (a int)")).rejects.toMatchObject({ code: "25006" });
      const create = connection.use(WRITE).query("create table aside (one int)");
      const all = await Promise.all([create, askOne(connection), askOne(connection)]);
      return all.flatMap((one) => one.rows);
    });
    expect(rows).toEqual([{ one: 1 }, { one: 1 }]);
  });

  it.skipIf(process.platform !== "linux")("refuses a folder that another process uses", async () => {
    const { spawn } = await import("node:child_process");
    const file = join(embedded, "PG_VERSION");
    const script = `require("node:fs").openSync(${JSON.stringify(file)}); console.log("open"); setInterval(() => 0, 1e6)`;
    const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
    await once(child.stdout, "data");
    expect(await faultOf(withConnection(context, { embedded }, READ, askOne))).toMatch(
      new RegExp(`Process ${child.pid} uses the embedded database .* stop that process first`),
    );
    const ended = once(child, "exit");
    child.kill();
    await ended;
  });

  it("opens a connection of plain data, as a worker thread has it", async () => {
    const { connection, setting } = await openConnection(structuredClone({ embedded, keys: "k" }), {}, READ);
    expect([(await askOne(connection)).rows, setting.keys]).toEqual([[{ one: 1 }], "k"]);
    await connection.close();
  });

  it("reads where the database is from a configuration", async () => {
    const config = join(folder, "c.json");
    writeFileSync(config, '{"database":{"embedded":"./database"},"keys":"./garim.keys"}');
    const keys = await withConnection(context, { config }, READ, async (_, setting) => setting.keys);
    expect(keys).toBe(join(folder, "garim.keys"));
  });
});
