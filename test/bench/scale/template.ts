import { PGlite } from "@electric-sql/pglite";
import { type Access, createAccessLog, type Receipt } from "@garim/audit";
import { ALL_KINDS, decideDisclosure, NO_KINDS, resolvePolicy, type Subject, subject } from "@garim/policy";
import { type LoggedMonth, MONTH_KEYS, MONTHS } from "./months.ts";
import { actorName, HOT_BUYER, keyName, WATCHED } from "./watched.ts";

/** A record as the log made it, and where in its bytes stands what differs from record to record; bytes are counted from 1. */
export interface Template {
  /** Of a hundred records, which are of this form. */
  readonly no: number;
  readonly month: string;
  readonly body: Buffer;
  readonly kind: string;
  readonly action: string;
  readonly outcome: string;
  readonly purpose: string | null;
  readonly orders: number;
  readonly holes: Holes;
}

/** Where something stands; `null` where the record has none. */
export interface Holes {
  readonly id: number | null;
  readonly at: number | null;
  readonly factor: number | null;
  readonly actor: number | null;
  readonly seller: number | null;
  readonly session: number | null;
  readonly ip: number | null;
  readonly key: number | null;
}

/** What the forms are made from: the templates, and the pseudonyms of whom is asked for, by month. */
export interface Forms {
  readonly templates: readonly Template[];
  readonly pseudonyms: ReadonlyMap<string, readonly string[]>;
}

/** Texts as wide as those that take their places. */
const ACTOR = actorName(0);
const SELLER = "seller-0000";
const SESSION = "0123456789abcdef";
const IP = "203.100.100.100";
const KEY = keyName(0);

/** The form that watched keys are of, and that of everybody else who is watched: a view of one order. */
export const TOOL_FORM = 85;
export const VIEW_FORM = 0;

type Shape = Partial<Access> & { readonly orders: number; readonly share: number };

const POLICY = resolvePolicy({});

/** Of a hundred records; an order has two subjects. */
const SHAPES: readonly Shape[] = [
  { share: 70, orders: 1 },
  { share: 15, orders: 3 },
  {
    share: 5,
    orders: 1,
    actor: { kind: "tool", id: ACTOR, sellerId: SELLER },
    key: KEY,
    session: null,
    factor: null,
  },
  { share: 4, orders: 0, action: "log-in", outcome: "done", route: "POST /log-in", purpose: null },
  { share: 2, orders: 5, action: "download", route: "POST /exports", purpose: "courier hand-over" },
  { share: 1, orders: 1, action: "download", route: "POST /exports", purpose: null },
  { share: 1, orders: 0, outcome: "refused", reason: "second-factor-missing", purpose: null },
  { share: 2, orders: 0, action: "log-out", outcome: "done", route: "POST /log-out", purpose: null },
];

/** Every subject that will be asked for: a record of each month gives their pseudonyms. */
export const ASKED_FOR: readonly Subject[] = [
  HOT_BUYER,
  ...WATCHED.flatMap((one) => (one.subject ? [one.subject] : [])),
];

/** Has a real log encode one record of each form and month, and reads its bytes back. */
export async function makeForms(): Promise<Forms> {
  const database = new PGlite();
  let now = Date.UTC(2026, 0);
  const log = await createAccessLog({ database, keys: MONTH_KEYS, clock: () => now });
  const templates: Template[] = [];
  const pseudonyms = new Map<string, readonly string[]>();
  for (const month of MONTHS) {
    now = month.from + 86_400_000;
    const { seq } = await log.append({ ...accessOf({ orders: 0, share: 0 }, now), asked: ASKED_FOR });
    pseudonyms.set(month.name, (await readRow(database, seq)).subjects);
    for (const shape of SHAPES) {
      const access = accessOf(shape, now);
      const receipt = await log.append(access);
      const { body } = await readRow(database, receipt.seq);
      const template = templateOf(month, body, access, receipt, shape.orders);
      for (let i = 0; i < shape.share; i++) templates.push({ ...template, no: templates.length % 100 });
    }
  }
  await log.close();
  await database.close();
  return { templates, pseudonyms };
}

function accessOf({ orders, share: _, ...more }: Shape, at: number): Access {
  const isShown = orders > 0;
  return {
    at,
    actor: { kind: "staff", id: ACTOR, sellerId: SELLER },
    session: SESSION,
    factor: { method: "totp", at: at - 600_000 },
    origin: { ip: IP, agent: "Chrome/131 Windows" },
    action: "view",
    outcome: "disclosed",
    reason: null,
    route: "GET /orders",
    purpose: "fulfilment",
    policy: { edition: POLICY.edition.id, overrides: POLICY.overrides },
    surface: isShown ? "view" : null,
    allowed: isShown ? ALL_KINDS : NO_KINDS,
    profile: isShown ? "pipc" : null,
    records: Array.from({ length: orders }, (_, i) => orderOf(i, at)),
    ...more,
  };
}

function orderOf(i: number, at: number): Access["records"][number] {
  const lines = [
    {
      paidAt: at - 5 * 86_400_000 - i * 61_013,
      deliveredAt: at - 86_400_000,
      purposeEndedAt: null,
      claims: [],
    },
  ];
  const facts = { lines, surface: "view", allowed: ALL_KINDS, secondFactorAt: at - 600_000 } as const;
  return {
    schema: "orderLine",
    subjects: [subject.buyer(`b-${i}`), subject.phone(`010-1234-${1_000 + i}`)],
    lines,
    disclosure: decideDisclosure(facts, at, POLICY),
  };
}

async function readRow(
  database: PGlite,
  seq: number,
): Promise<{ readonly body: Buffer; readonly subjects: readonly string[] }> {
  const { rows } = await database.query<{ body: string; subjects: string }>(
    "select encode(body, 'hex') as body, replace(array_to_string(subjects, ','), '-', '') as subjects from garim.log_record where seq = $1",
    [seq],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("a template is not in its log");
  return { body: Buffer.from(row.body, "hex"), subjects: row.subjects.split(",") };
}

function templateOf(
  month: LoggedMonth,
  body: Buffer,
  access: Access,
  { id }: Receipt,
  orders: number,
): Template {
  const { at, actor, session, origin, factor, key, action, outcome, purpose } = access;
  const find = (bytes: Buffer | string | null | undefined): number | null =>
    bytes ? placeOf(body, Buffer.from(bytes)) : null;
  return {
    no: 0,
    month: month.name,
    body,
    kind: actor.kind,
    action,
    outcome,
    purpose,
    orders,
    holes: {
      id: find(Buffer.from(id.replaceAll("-", ""), "hex")),
      at: find(momentBytes(at)),
      factor: find(factor && momentBytes(factor.at)),
      actor: find(actor.id),
      seller: find(actor.sellerId),
      session: find(session),
      ip: find(origin.ip),
      key: find(key),
    },
  };
}

function momentBytes(at: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(at));
  return bytes;
}

/** Counted from 1. @throws Error where the bytes stand there not at all, or twice */
function placeOf(body: Buffer, bytes: Buffer): number {
  const place = body.indexOf(bytes);
  if (place === -1 || body.indexOf(bytes, place + 1) !== -1)
    throw new Error(`a template must have ${bytes.toString("hex")} once`);
  return place + 1;
}
