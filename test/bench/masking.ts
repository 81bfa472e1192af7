import { createRequire } from "node:module";
import { type AnswerOptions, type AnswerWriter, compileAnswer, mask } from "@garim/masking";
import {
  ALL_KINDS,
  type Disclosure,
  decideDisclosure,
  type PiiKind,
  readLines,
  resolvePolicy,
} from "@garim/policy";
import slowRedact from "@pinojs/redact";
import maskData from "maskdata";
import { makeOrders, NOW, type Order, orderSchema } from "./orders.ts";
import { type BenchRow, measure, type Slice } from "./row.ts";

const PAGE_SIZE = 100;
/** About what stays in a core's cache: rows to be answered have just come from the database. */
const PAGES = 10;
const orders = makeOrders(PAGES * PAGE_SIZE);
const pages: readonly (readonly Order[])[] = Array.from({ length: PAGES }, (_, i) =>
  orders.slice(PAGE_SIZE * i, PAGE_SIZE * (i + 1)),
);

const policy = resolvePolicy();

/** Decisions are made before the clock runs: they cost the same whoever masks. */
const decisions: ReadonlyMap<Order, Disclosure> = new Map(orders.map((order) => [order, decide(order)]));

function decide(order: Order): Disclosure {
  const lines = readLines(orderSchema.rules.state(order));
  return decideDisclosure({ lines, surface: "view", allowed: ALL_KINDS, secondFactorAt: NOW }, NOW, policy);
}

const FIELDS: Readonly<Record<string, PiiKind>> = {
  buyerId: "userId",
  buyerName: "name",
  buyerPhone: "phone",
  buyerEmail: "email",
  recipientName: "name",
  recipientPhone1: "phone",
  recipientPhone2: "phone",
  zipCode: "postcode",
  roadAddress: "address",
  detailAddress: "address",
  deliveryMemo: "memo",
  customsCode: "customsCode",
};

/** Walks through the pages: one page alone would be measured with every branch foretold. */
function eachPage(write: (page: readonly Order[]) => Uint8Array): Slice {
  let at = 0;
  return () => write(pages[at++ % pages.length] ?? []);
}

function writerOf(options: AnswerOptions): (page: readonly Order[]) => Uint8Array {
  const writer: AnswerWriter = compileAnswer([orderSchema], options);
  const decisionOf = ({ value }: { readonly value: object }) => decisions.get(value as Order) as Disclosure;
  // The decisions are looked up once: in a request they are made in one pass over what was found.
  const ready = new Map(pages.map((page) => [page, writer.find(page).map(decisionOf)]));
  return (page) => writer.write(page, writer.find(page), ready.get(page) ?? []);
}

const writeUnmasked = (page: readonly Order[]): Uint8Array => Buffer.from(JSON.stringify(page), "utf8");

const isMasked = (order: Order): boolean => order.confirmedAt !== null;

/** Masks the confirmed orders of a page by a serializer of one order. */
const eachOrder =
  (masked: (order: Order) => string) =>
  (page: readonly Order[]): Uint8Array =>
    Buffer.from(
      `[${page.map((order) => (isMasked(order) ? masked(order) : JSON.stringify(order))).join(",")}]`,
    );

const maskField = (key: string, value: unknown): unknown => mask(FIELDS[key] as PiiKind, value);

function replaceMember(key: string, value: unknown): unknown {
  return Object.hasOwn(FIELDS, key) ? maskField(key, value) : value;
}

function cloneAndMutate(order: Order): string {
  const copy: Record<string, unknown> = structuredClone({ ...order });
  for (const key of Object.keys(FIELDS)) copy[key] = maskField(key, copy[key]);
  return JSON.stringify(copy);
}

type Redactor = (order: Order) => string;
type MakeRedactor = (options: Readonly<Record<string, unknown>>) => Redactor;

const redactOptions = {
  paths: Object.keys(FIELDS),
  censor: (value: unknown, path: readonly string[]) => maskField(path.at(-1) ?? "", value),
  serialize: JSON.stringify,
};

const maskDataOptions = {
  emailFields: ["buyerEmail"],
  phoneFields: ["buyerPhone", "recipientPhone1", "recipientPhone2"],
  stringFields: [
    "buyerId",
    "buyerName",
    "recipientName",
    "zipCode",
    "roadAddress",
    "detailAddress",
    "deliveryMemo",
    "customsCode",
  ],
};

/** What people reach for instead, each with the same masks where it takes a function. */
function makePeers(): readonly ((page: readonly Order[]) => Uint8Array)[] {
  const fastRedact = createRequire(import.meta.url)("fast-redact") as MakeRedactor;
  return [
    eachOrder(fastRedact(redactOptions)),
    eachOrder((slowRedact as unknown as MakeRedactor)(redactOptions)),
    eachOrder((order) => JSON.stringify(maskData.maskJSON2(order, maskDataOptions))),
    eachOrder((order) => JSON.stringify(order, replaceMember)),
    eachOrder(cloneAndMutate),
  ];
}

async function compareWithUnmasked(options: AnswerOptions): Promise<number> {
  const [ours = Number.NaN, theirs = Number.NaN] = measure([
    eachPage(writerOf(options)),
    eachPage(writeUnmasked),
  ]);
  return theirs / ours;
}

async function compareWithPeers(): Promise<number> {
  const [ours = Number.NaN, ...theirs] = measure([writerOf({}), ...makePeers()].map(eachPage));
  return Math.min(...theirs) / ours;
}

const UNIT = "times as fast, CPU time a page of 100";

/** The masking rows of the table. M1 and M3 speak of what a host gets without asking for anything. */
export const rows: readonly BenchRow[] = [
  {
    id: "M1",
    subject: "masked page as bytes, closures (the default)",
    against: "JSON.stringify and UTF-8 of the unmasked page",
    unit: UNIT,
    target: { atLeast: 1.7 },
    run: () => compareWithUnmasked({}),
  },
  {
    id: "M2",
    subject: "masked page as bytes, generated code",
    against: "JSON.stringify and UTF-8 of the unmasked page",
    unit: UNIT,
    target: { atLeast: 2.2 },
    run: () => compareWithUnmasked({ codeGeneration: true }),
  },
  {
    id: "M3",
    subject: "masked page as bytes, closures (the default)",
    against: "the fastest of fast-redact, @pinojs/redact, maskdata, a replacer, clone and mutate",
    unit: UNIT,
    target: { atLeast: 3.5 },
    run: compareWithPeers,
  },
];
