import { type GarimError, open } from "@garim/express";
import express, { type RequestHandler } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
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

const OTHER = "010-5555-0000";
const opened = lineOf({ confirmedAt: null, orderNo: "1" });
const confirmed = lineOf({ orderNo: "2" });
const other = lineOf({ orderNo: "3", confirmedAt: null, recipient: { ...opened.recipient, phone: OTHER } });
const purpose = { purpose: "fulfilment" };
const search = ["orderNo", "recipient.phone"];

/** A host whose query is careless: it gives confirmed rows, and some that were not asked for. */
const everything: RequestHandler = (_req, res) =>
  void res.json({
    total: 3,
    page: { next: "2", sizes: [10, 20] },
    lines: [opened, confirmed, other].map(tidy),
  });

describe("[L6] a search by a personal field that the route declares", () => {
  let shop: Shop;
  let owner: Person;
  let shipper: Person;
  const envelope = {
    total: open(),
    page: { next: open(), sizes: [open()] as const },
    lines: [orderLine] as const,
  };

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      app.get("/lines", garim.reveal(envelope, { ...purpose, search }), everything);
      app.post("/search", express.json(), garim.reveal(envelope, { ...purpose, search }), everything);
      app.get("/mails", garim.reveal(envelope, { ...purpose, search: ["buyer.email"] }), everything);
    });
    const port = await shop.listen();
    owner = await enrolledPerson(shop, port, OWNER);
    shipper = await enrolledPerson(shop, port, "staff/sam/S1/shipper");
  });
  afterAll(() => shop.close());

  interface Found {
    readonly total: number | null;
    readonly page: unknown;
    readonly lines: readonly { readonly orderNo: string }[];
  }
  const foundBy = async (answer: Promise<Response>): Promise<Found> => (await (await answer).json()) as Found;
  const numbers = ({ lines }: Found): readonly string[] => lines.map(({ orderNo }) => orderNo);

  it.each([CANARY.phone, CANARY.phone.replaceAll("-", ""), `+82${CANARY.phone.slice(1)}`])(
    "finds what is clear and exactly what was asked for, never what is masked: %s",
    async (phone) => {
      const found = await foundBy(owner.get(`/lines?recipient.phone=${encodeURIComponent(phone)}`));
      expect(numbers(found)).toEqual(["1"]);
    },
  );

  it("tells nothing beside the records, which would count the masked ones", async () => {
    const found = await foundBy(owner.get(`/lines?recipient_phone=${CANARY.phone}`));
    expect([found.total, found.page]).toEqual([null, null]);
    const none = await foundBy(owner.get("/lines?recipient.phone=010-0000-0000"));
    expect(none).toEqual({ total: null, page: null, lines: [] });
  });

  it("finds by a parsed body, which stands in no log of an address", async () => {
    expect(numbers(await foundBy(owner.post("/search", { "recipient.phone": OTHER })))).toEqual(["3"]);
  });

  it("finds nothing by a field that the role does not see", async () => {
    const mails = `/mails?buyer.email=${encodeURIComponent(CANARY.email)}`;
    expect(numbers(await foundBy(owner.get(mails)))).toEqual(["1", "3"]);
    expect(numbers(await foundBy(shipper.get(mails)))).toEqual([]);
  });

  it("puts on record by which field somebody searched, and never by what", async () => {
    await owner.get(`/lines?recipient.phone=${CANARY.phone}`);
    const { entries } = await shop.garim.log.find({ actor: "anna", actions: ["view"] }, { limit: 1 });
    expect(entries[0]?.access.detail).toEqual({ search: "recipient.phone" });
    expect(entries[0]?.access.records).toHaveLength(1);
  });

  it("leaves a search by an open field as it is", async () => {
    const found = await foundBy(owner.get("/lines?orderNo=2"));
    expect([found.total, numbers(found)]).toEqual([3, ["1", "2", "3"]]);
  });

  it.each([
    "recipient.phone=a&recipient.phone=b",
    "recipient.phone=",
    "recipient[phone][like]=010",
    `recipient.phone=${"1".repeat(201)}`,
    "phone=010-1234-5678",
    "buyer.phone=010-1234-5678",
    "recipient.phone=010-1234-5678&sort=buyer.name",
    "recipient.phone=010-1234-5678&q=010-1234-5678",
  ])("refuses every other question: %s", async (question) => {
    expect((await owner.get(`/lines?${question}`)).status).toBe(403);
  });

  it.each([
    [[orderLine] as const, ["recipient.fone"], /write search: \["recipient\.phone"\]/],
    [orderLine, ["recipient.phone"], /only where records stand in a list/],
    [[orderLine] as const, "recipient.phone", /a list of paths/],
    [envelope, ["total"], /no record of the answer has a field "total"/],
  ])("does not start with what cannot be searched: %#", (shape, paths, message) => {
    const guard = (): unknown => shop.garim.reveal(shape, { ...purpose, search: paths as readonly string[] });
    expect(guard).toThrow(message);
    expect(guard).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" } satisfies Partial<GarimError>),
    );
  });
});
