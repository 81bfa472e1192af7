// The marketplace with a database that lies: it says a record is appended before it is. Answers then leave before their
// records are durable, and the test of killed processes must notice.
import { parseArgs } from "node:util";
import { startMarketplace } from "@garim/example-marketplace";
import pg from "pg";

const { values } = parseArgs({ options: { port: { type: "string" }, data: { type: "string" } } });
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const LATE_MS = 100;

const database = {
  query(text, parameters) {
    if (!text.startsWith("select garim.append(")) return pool.query(text, parameters);
    setTimeout(() => pool.query(text, parameters).catch(() => {}), LATE_MS);
    return Promise.resolve({ rows: [{ first: "1", batch: parameters[0] }] });
  },
};

const { url } = await startMarketplace({ port: Number(values.port), dataDir: values.data, database });
console.log(`ready ${url}`);
