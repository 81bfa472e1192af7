import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY, tracesIn } from "../fixtures/canary.ts";
import { rawRequest } from "../fixtures/raw-http.ts";
import {
  enrolledPerson,
  headOf,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
} from "../fixtures/shop.ts";

const line = lineOf();
/** A line on which one value or member is something else. */
const withName = (name: unknown): object => ({ ...line, buyer: { ...line.buyer, name } });
const withOrderNo = (orderNo: unknown): object => ({ ...line, orderNo });

class OrmLine {
  readonly #line = line;
  get orderNo(): string {
    return this.#line.orderNo;
  }
  get sellerId(): string {
    return this.#line.sellerId;
  }
  get buyerId(): string {
    return this.#line.buyerId;
  }
  get buyer(): object {
    return this.#line.buyer;
  }
  get recipient(): object {
    return this.#line.recipient;
  }
  get paidAt(): string | null {
    return this.#line.paidAt;
  }
  get confirmedAt(): string | null {
    return this.#line.confirmedAt;
  }
  toJSON(): object {
    return this.#line;
  }
}

function nested(depth: number): object {
  let value: object = { name: CANARY.name };
  for (let i = 0; i < depth; i++) value = { deeper: value };
  return value;
}

const cyclic: Record<string, unknown> = { ...line };
cyclic["self"] = cyclic;
cyclic["orderNo"] = cyclic;

/** JSON shapes a handler may hand over, well-meant or not. Each holds a canary where no schema expects it. */
const SHAPES: Readonly<Record<string, unknown>> = {
  "other casing": { ...line, Buyer: line.buyer, BUYERNAME: CANARY.name, buyer_phone: CANARY.phone },
  "Korean keys": { ...line, 구매자: CANARY.name, 연락처: CANARY.phone },
  "a member named __proto__": JSON.parse(
    `{"__proto__":{"name":"${CANARY.hidden}"},${JSON.stringify(line).slice(1)}`,
  ),
  "a member named constructor": { ...line, constructor: { name: CANARY.hidden } },
  "depth 1,000 in an open field": withOrderNo(nested(1_000)),
  "depth 1,000 beside": { ...line, extra: nested(1_000) },
  "a cycle": cyclic,
  "an object in an open field": withOrderNo({ name: CANARY.name }),
  "an array in an open field": withOrderNo([CANARY.name, CANARY.phone]),
  "toJSON on the record": { ...line, toJSON: () => ({ name: CANARY.name }) },
  "toJSON in an open field": withOrderNo({ toJSON: () => CANARY.phone }),
  "toJSON in a personal field": withName({ toJSON: () => CANARY.name }),
  "a String object": withName(new String(CANARY.name)),
  "a String object in an open field": withOrderNo(new String(CANARY.phone)),
  "an object with toString": withName({ toString: () => CANARY.name }),
  "a class with getters": new OrmLine(),
  "a getter that changes its mind": Object.defineProperty({ ...line }, "confirmedAt", {
    enumerable: true,
    get: () => (Math.random() < 0.5 ? line.confirmedAt : line.confirmedAt),
  }),
  "a getter that throws": Object.defineProperty({ ...line }, "memo", {
    enumerable: true,
    get: () => {
      throw new Error(CANARY.memo);
    },
  }),
  "a Map": withOrderNo(new Map([["name", CANARY.name]])),
  "a Map as record": new Map(Object.entries(line)),
  "a Set": withName(new Set([CANARY.name])),
  "a Symbol": { ...line, [Symbol("name")]: CANARY.name, orderNo: Symbol(CANARY.hidden) },
  "a BigInt": withOrderNo(917_391_739_173n),
  "a Buffer": withName(Buffer.from(CANARY.name)),
  "a Buffer in an open field": withOrderNo(Buffer.from(CANARY.phone)),
  "a function": withName(() => CANARY.name),
  "JSON in a string": { ...line, json: JSON.stringify(line) },
  NFD: withName(CANARY.name.normalize("NFD")),
  "full-width digits": { ...line, buyer: { ...line.buyer, phone: "０１０-９１７３-１２３４" } },
  "zero-width characters": { ...line, buyer: { ...line.buyer, phone: "010-9\u200b173-1234" } },
  "a phone as a number": { ...line, buyer: { ...line.buyer, phone: 1_091_731_234 } },
  "a frozen record": Object.freeze({ ...line, buyer: Object.freeze({ ...line.buyer }) }),
  "a record without a prototype": Object.assign(Object.create(null), line),
  "a Proxy": new Proxy({ ...line }, {}),
  "a personal field as object": withName({ first: CANARY.name }),
  "a personal field as array": withName([CANARY.name]),
  "no nested object": { ...line, buyer: null, recipient: undefined },
  "a nested object as text": { ...line, buyer: CANARY.name },
  "an unreadable state": { ...line, paidAt: CANARY.name, confirmedAt: null },
  "a state without a zone": { ...line, confirmedAt: "2026-11-21T10:00:00" },
};

describe("[L2] JSON shapes", () => {
  let shop: Shop;
  let port: number;
  let person: Person;
  const names = Object.keys(SHAPES);

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      for (const [i, name] of names.entries()) {
        const guard = (undeclared: "error" | "drop") =>
          garim.reveal([orderLine], { purpose: "test", undeclared });
        app.get(`/drop/${i}`, guard("drop"), (_req, res) => void res.json([SHAPES[name]]));
        app.get(`/error/${i}`, guard("error"), (_req, res) => void res.json([SHAPES[name]]));
      }
      app.use(garim.errors());
    });
    port = await shop.listen();
    person = await enrolledPerson(shop, port, OWNER);
  });
  afterAll(() => shop.close());

  it.each(names.map((name, i) => [name, i] as const))("leak nothing: %s", async (_, i) => {
    for (const path of [`/drop/${i}`, `/error/${i}`]) {
      const answer = await rawRequest(port, headOf(person, `GET ${path}`));
      expect(tracesIn(answer.bytes)).toEqual([]);
      expect([200, 500]).toContain(answer.status);
    }
    expect(tracesIn(Buffer.from(JSON.stringify(shop.diagnostics)))).toEqual([]);
  });

  it("never change what the handler holds", async () => {
    const held = lineOf();
    const before = structuredClone(held);
    const other = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      app.get(
        "/",
        garim.reveal([orderLine], { purpose: "test", undeclared: "drop" }),
        (_req, res) => void res.json([held]),
      );
    });
    const asking = await enrolledPerson(other, await other.listen(), OWNER);
    expect((await asking.get("/")).status).toBe(200);
    expect(held).toEqual(before);
    await other.close();
  });
});
