import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountLine, stepUp } from "../fixtures/factors.ts";
import { enrolledPerson, OWNER, openShop, type Person, type Shop } from "../fixtures/shop.ts";
import { startPostgresOrSkip } from "../services/postgres.ts";

const WHAT = "a database that is read-only for a while";
const postgres = await startPostgresOrSkip(WHAT, { mustBeOwn: true });

describe.skipIf(postgres === undefined)(`[A2] ${WHAT}`, () => {
  let pool: Pool;
  let admin: Pool;
  let shop: Shop;
  let person: Person;
  let port: number;

  beforeAll(async () => {
    pool = new Pool({ connectionString: postgres?.url, max: 6 });
    admin = new Pool({ connectionString: postgres?.url, max: 1 });
    for (const one of [pool, admin]) one.on("error", () => undefined);
    shop = await openShop(
      (app, garim) => {
        app.use("/health", garim.health());
        mountLine(app, garim);
      },
      { database: pool },
    );
    port = await shop.listen();
    person = await enrolledPerson(shop, port, OWNER);
  }, 60_000);
  afterAll(async () => {
    await shop?.close();
    await Promise.all([pool?.end(), admin?.end()]);
    await postgres?.stop();
  });

  const ready = async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).json() as Promise<object>;

  /** What the server that was demoted says on every connection that is open still. */
  async function poison(): Promise<void> {
    const clients = await Promise.all(Array.from({ length: 6 }, () => pool.connect()));
    for (const client of clients) await client.query("set default_transaction_read_only = on");
    for (const client of clients) client.release();
  }

  it("is written to on a fresh connection, where only the old ones are read-only, and nobody notices", async () => {
    await poison();
    // A proof is written to the state, a view to the log.
    expect((await stepUp(person, shop)).status).toBe(200);
    await poison();
    for (let i = 0; i < 8; i++) expect((await person.get("/line")).status).toBe(200);
  });

  it("is told as such while it lasts, discloses nothing, and is used again without a restart", async () => {
    await admin.query("alter system set default_transaction_read_only = on");
    await admin.query("select pg_reload_conf()");
    await expect
      .poll(async () => await ready())
      .toMatchObject({
        status: "failing",
        checks: expect.arrayContaining([{ check: "database", state: "fail", code: "database-read-only" }]),
      });
    const refused = await person.get("/line");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    await admin.query("set default_transaction_read_only = off");
    await admin.query("alter system reset default_transaction_read_only");
    await admin.query("select pg_reload_conf()");
    await expect.poll(async () => (await person.get("/line")).status).toBe(200);
    await expect.poll(async () => await ready()).not.toMatchObject({ status: "failing" });
  });
});
