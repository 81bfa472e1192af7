import type { Pool } from "pg";

/** Writes one record's worth; resolves when it is durable. */
export type Write = () => Promise<unknown>;

/** The columns of `garim.log_record` that a plain table has too. */
const COLUMNS = [
  "at",
  "kind",
  "actor",
  "seller",
  "session",
  "ip",
  "action",
  "outcome",
  "purpose",
  "target",
  "key",
  "subjects",
  "body",
] as const;

/** A row as texts, in the order of the columns. */
export type PlainRow = readonly (string | null)[];

const TYPES = COLUMNS.map((name) =>
  name === "at" ? "timestamptz" : name === "subjects" ? "uuid[]" : name === "body" ? "bytea" : "text",
);

/** What the log's table would be without order and proof: as many columns and indexes, and no head to lock. */
const TABLE = `create schema if not exists plain;
  create table plain.record (
    id bigint generated always as identity primary key,
    ${COLUMNS.map((name, i) => `${name} ${TYPES[i]}`).join(", ")}
  ) with (toast_tuple_target = 8160);
  alter table plain.record alter body set storage external;
  alter table plain.record alter subjects set storage external;
  create index on plain.record (actor, id);
  create index on plain.record (seller, id) where seller is not null;
  create index on plain.record (ip, id);
  create index on plain.record (key, id) where key is not null;
  create index on plain.record (target, id) where target is not null;
  create index on plain.record (action, id) where action <> 'view';
  create index on plain.record (session, id) where session is not null and action <> 'view';
  create index on plain.record (id) where outcome = 'refused';
  create index on plain.record using brin (at);
  create index on plain.record using gin (subjects)`;

const INSERT_ONE = `insert into plain.record (${COLUMNS.join(", ")})
  values (${TYPES.map((type, i) => `$${i + 1}::text::${type}`).join(", ")})`;

const INSERT_MANY = `insert into plain.record (${COLUMNS.join(", ")})
  select ${TYPES.map((type, i) => `c${i}::${type}`).join(", ")}
  from unnest(${COLUMNS.map((_, i) => `$${i + 1}::text[]`).join(", ")}) as r(${COLUMNS.map((_, i) => `c${i}`).join(", ")})`;

/** Makes the plain table. */
export async function makePlainTable(pool: Pool): Promise<void> {
  await pool.query(TABLE);
}

/** Records of the log as the plain table takes them: as many different ones, or its indexes would have less to do. */
export async function readSamples(pool: Pool, most: number): Promise<readonly PlainRow[]> {
  const columns = COLUMNS.map((name) => `${name}::text`).join(", ");
  const { rows } = await pool.query<Record<string, string | null>>(
    `select ${columns} from garim.log_record order by seq desc limit ${most}`,
  );
  return rows.map((row) => COLUMNS.map((name) => row[name] ?? null));
}

/** One INSERT a record, as many at once as the pool has connections. */
export function singles(pool: Pool, rows: readonly PlainRow[]): Write {
  let next = 0;
  return () => pool.query({ name: "one", text: INSERT_ONE, values: [...(rows[next++ % rows.length] ?? [])] });
}

/** What waits goes in one INSERT, as group commit does, and nothing else is done. */
export function batches(pool: Pool, rows: readonly PlainRow[]): Write {
  let next = 0;
  let waiting: (() => void)[] = [];
  let isRunning = false;
  const run = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      const some = taken.map(() => rows[next++ % rows.length] ?? []);
      await pool.query({
        name: "many",
        text: INSERT_MANY,
        values: COLUMNS.map((_, i) => some.map((row) => row[i] ?? null)),
      });
      for (const done of taken) done();
    }
    isRunning = false;
  };
  return () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (isRunning) return;
      isRunning = true;
      void run();
    });
}
