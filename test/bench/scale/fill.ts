import { createAccessLog } from "@garim/audit";
import type { Pool, PoolClient } from "pg";
import { type LoggedMonth, MONTH_KEYS, MONTHS } from "./months.ts";
import { ASKED_FOR, type Forms, type Template, TOOL_FORM, VIEW_FORM } from "./template.ts";
import { HOT_ACTOR, keyName, placesOfWatched, type Watched } from "./watched.ts";

/** Records of a batch: as many as group commit puts into one. */
const BATCH = 256;
/** Batches of one statement. */
const STRIDE = 1_000;
/** Months that are filled at once. */
const WORKERS = 2;

/** Records a buyer and a member of staff have on average over half a year. */
const RECORDS_A_BUYER = 30;
const RECORDS_AN_ACTOR = 1_500;

/** Told how many records are there. */
export type Progress = (records: number) => void;

/** The batches of one month. */
interface Stretch {
  readonly month: LoggedMonth;
  readonly first: number;
  readonly end: number;
}

/**
 * Fills an empty database with a valid log: its tables are the log's own, its records are real ones in which identifiers, moments and
 * pseudonyms were replaced, with their leaves and the roots of their batches. The pseudonyms of whom nobody asks for are random.
 * Only fit for measuring: the partitions are unlogged.
 */
export async function fillScale(pool: Pool, forms: Forms, total: number, tell: Progress): Promise<void> {
  await (await createAccessLog({ database: pool, keys: MONTH_KEYS })).close();
  await pool.query("create schema scale");
  for (const { from, name } of MONTHS) {
    await pool.query("select garim.cover(to_timestamp($1::text::bigint / 1000.0))", [String(from)]);
    await pool.query(`alter table garim.log_record_${name.replace("-", "_")} set unlogged`);
  }
  await keepTemplates(pool, forms.templates);
  await keepWatched(pool, forms, total);
  await pool.query(ROOT);
  const indexes = await dropIndexes(pool);
  await fillMonths(pool, total, tell);
  for (const definition of indexes) await pool.query(definition);
  await pool.query(HEAD, [String(total)]);
  await pool.query("drop schema scale cascade");
  await pool.query("vacuum (analyze) garim.log_record");
  await pool.query("vacuum (analyze) garim.log_batch");
  await pool.query("checkpoint");
}

/** Far faster to make when the rows are there. @returns the statements that make them again, on every partition */
async function dropIndexes(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = 'garim.log_record'::regclass and not indisprimary`,
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition.replace(" ON ONLY ", " ON "));
}

async function fillMonths(pool: Pool, total: number, tell: Progress): Promise<void> {
  const batches = Math.ceil(total / BATCH);
  const months = MONTHS.map((month, i): Stretch => {
    const at = (part: number) => Math.floor((batches * part) / MONTHS.length);
    return { month, first: at(i), end: at(i + 1) };
  });
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let stretch = months.shift(); stretch !== undefined; stretch = months.shift()) {
      for (let batch = stretch.first; batch < stretch.end; batch += STRIDE) {
        const end = Math.min(stretch.end, batch + STRIDE);
        await fillStretch(pool, stretch, batch, end, total);
        done += (end - batch) * BATCH;
        tell(Math.min(done, total));
      }
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
}

/** Batches from `first` to before `end`, counted from 0. */
async function fillStretch(
  pool: Pool,
  stretch: Stretch,
  first: number,
  end: number,
  total: number,
): Promise<void> {
  const client: PoolClient = await pool.connect();
  try {
    const from = first * BATCH + 1;
    const to = Math.min(total, end * BATCH);
    await client.query("set work_mem = '256MB'");
    await client.query(recordsOf(stretch, total), [String(from), String(to)]);
    await client.query(BATCHES, [String(from), String(to)]);
  } finally {
    client.release();
  }
}

const random = (salt: number, most: number | string): string =>
  `((hashint8extended(g.n, ${salt}) & 1152921504606846975) % ${most})`;

/** The subjects of an order as hex digits, a comma between them: a buyer and a telephone. */
function orderSubjects(order: number, { name }: LoggedMonth, buyers: number, first?: string): string {
  const who = random(20 + order, buyers);
  const buyer = `md5('b${name}-' || ${who})`;
  return `${first === undefined ? buyer : `coalesce(${first}, ${buyer})`} || ',' || md5('p${name}-' || ${who})`;
}

/** A month's records: drawn, then written into their forms, then hashed; each step once. */
function recordsOf({ month, first, end }: Stretch, total: number): string {
  const buyers = Math.ceil(total / RECORDS_A_BUYER);
  const actors = Math.ceil(total / RECORDS_AN_ACTOR);
  const millis = month.to - month.from;
  const hot = `case when ${random(5, 1_000)} = 0 then h.hex end`;
  const orders = (count: number): string =>
    Array.from({ length: count }, (_, i) =>
      orderSubjects(i, month, buyers, i === 0 ? `w.hex, ${hot}` : undefined),
    ).join(" || ',' || ");
  return `with drawn as (
    select g.n, t.*, w.key as watched_key,
      ${month.from} + ((g.n - 1) / ${BATCH} - ${first}) * ${millis - 1_000} / ${end - first} as recorded_ms,
      ${month.from} + ((g.n - 1) / ${BATCH} - ${first}) * ${millis - 1_000} / ${end - first} as at_ms,
      coalesce(w.actor, case when ${random(2, 50)} = 0 then ${HOT_ACTOR} else 10 + ${random(3, actors)} end) as who,
      '203.' || 100 + ${random(6, 100)} || '.' || 100 + ${random(7, 100)} || '.' || 100 + ${random(8, 100)} as from_ip,
      case t.orders when 0 then '' when 1 then ${orders(1)} when 3 then ${orders(3)} else ${orders(5)} end as hexes
    from generate_series($1::text::bigint, $2::text::bigint) as g (n)
    left join scale.watched w on w.month = '${month.name}' and w.n = g.n
    join scale.template t on t.month = '${month.name}' and t.no = coalesce(w.form, ${random(1, 100)})
    cross join (select hex from scale.hot where month = '${month.name}') as h
    offset 0
  ), named as (
    select d.*, 'staff-' || lpad(who::text, 6, '0') as actor, 'seller-' || lpad((who % 1000)::text, 4, '0') as seller,
      case when p_session is not null then left(md5(who || '-' || at_ms / 86400000), 16) end as session,
      case when p_key is not null then coalesce(watched_key, 'key-' || lpad((who % 800)::text, 3, '0')) end as key,
      decode(replace(hexes, ',', ''), 'hex') as subject_bytes, int8send(at_ms) as moment
    from drawn d offset 0
  ), written as (
    select n, recorded_ms, at_ms, kind, actor, seller, session, from_ip as ip, action, outcome, purpose, key, hexes, subject_bytes,
      ${FILLED} as body
    from named offset 0
  )
  insert into garim.log_record (seq, recorded_at, at, kind, actor, seller, session, ip, action, outcome, purpose, key, leaf, subjects, body)
  select n, to_timestamp(recorded_ms / 1000.0), to_timestamp(at_ms / 1000.0), kind, actor, seller, session, ip, action, outcome,
    purpose, key, sha256('\\x00'::bytea || body || subject_bytes), ('{' || hexes || '}')::uuid[], body
  from written`;
}

const put = (inner: string, value: string, hole: string): string =>
  `overlay(${inner} placing ${value} from ${hole})`;

/** A body with its own identifiers and moments. What every record has comes first: it is written out once only. */
const FILLED = (() => {
  const id = `substr(moment, 3) || '\\x70'::bytea || substr(decode(md5(n::text), 'hex'), 1, 1) || '\\x80'::bytea || substr(decode(md5(n::text), 'hex'), 2, 7)`;
  const always = [
    ["convert_to(from_ip, 'UTF8')", "p_ip"],
    ["convert_to(actor, 'UTF8')", "p_actor"],
    ["moment", "p_at"],
    [id, "p_id"],
    ["convert_to(seller, 'UTF8')", "p_seller"],
  ] as const;
  const whole = always.reduce((inner, [value, hole]) => put(inner, value, hole), "body");
  const keyed = put(whole, "convert_to(key, 'UTF8')", "p_key");
  const staffed = put(
    put(whole, "convert_to(session, 'UTF8')", "p_session"),
    "int8send(at_ms - 600000)",
    "p_factor",
  );
  return `case when p_key is null then ${staffed} else ${keyed} end`;
})();

const BATCHES = `insert into garim.log_batch (no, id, first_seq, size, recorded_at, root)
  select (seq - 1) / ${BATCH} + 1, gen_random_uuid(), min(seq), count(*), min(recorded_at), scale.root(string_agg(leaf, '' order by seq))
  from garim.log_record where seq between $1::text::bigint and $2::text::bigint group by (seq - 1) / ${BATCH}`;

/** RFC 6962: neighbours are joined level by level, and who has none goes up alone. */
const ROOT = `create function scale.root(leaves bytea) returns bytea language plpgsql immutable as $root$
  declare
    level bytea := leaves;
    above bytea;
    n integer := length(leaves) / 32;
  begin
    while n > 1 loop
      above := '';
      for i in 0..n / 2 - 1 loop
        above := above || sha256('\\x01'::bytea || substr(level, i * 64 + 1, 64));
      end loop;
      level := above || substr(level, n / 2 * 64 + 1);
      n := (n + 1) / 2;
    end loop;
    return level;
  end $root$`;

const HEAD = `update garim.log_head set size = $1::text::bigint, batches = (select max(no) from garim.log_batch),
  recorded_at = (select max(recorded_at) from garim.log_batch)`;

async function keepTemplates(pool: Pool, templates: readonly Template[]): Promise<void> {
  await pool.query(`create table scale.template (no integer, month text, body bytea, kind text, action text, outcome text, purpose text,
    orders integer, p_id integer, p_at integer, p_factor integer, p_actor integer, p_seller integer, p_session integer, p_ip integer,
    p_key integer)`);
  for (const { holes, ...one } of templates)
    await pool.query(
      `insert into scale.template values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        ...[one.no, one.month, one.body, one.kind, one.action, one.outcome, one.purpose, one.orders],
        ...[holes.id, holes.at, holes.factor, holes.actor, holes.seller, holes.session, holes.ip, holes.key],
      ],
    );
}

async function keepWatched(pool: Pool, { pseudonyms }: Forms, total: number): Promise<void> {
  await pool.query(
    "create table scale.watched (month text, n bigint, form integer, hex text, actor integer, key text)",
  );
  await pool.query("create table scale.hot (month text, hex text)");
  const hexOf = (month: string, who: Watched["subject"]): string | null =>
    who === undefined
      ? null
      : (pseudonyms.get(month)?.[ASKED_FOR.findIndex(({ id }) => id === who.id)] ?? null);
  const places = [...placesOfWatched(total)];
  for (const { name } of MONTHS) {
    await pool.query("insert into scale.hot values ($1, $2)", [name, pseudonyms.get(name)?.[0]]);
    await pool.query(
      `insert into scale.watched select $1, * from unnest($2::bigint[], $3::integer[], $4::text[], $5::integer[], $6::text[])`,
      [
        name,
        places.map(([n]) => n),
        places.map(([, one]) => (one.key === undefined ? VIEW_FORM : TOOL_FORM)),
        places.map(([, one]) => hexOf(name, one.subject)),
        places.map(([, one]) => one.actor ?? null),
        places.map(([, one]) => (one.key === undefined ? null : keyName(one.key))),
      ],
    );
  }
  await pool.query("analyze scale.watched");
  await pool.query("analyze scale.template");
}
