import { ALL_KINDS, type Disclosure, type KindSet, kindSet, type Reason } from "@garim/policy";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type AnswerShape, open, pii, type RecordRules, schema } from "../schema/schema.ts";
import { type AnswerWriter, compileAnswer } from "./answer.ts";
import type { AnswerOptions } from "./options.ts";

const rules: RecordRules = { seller: (o) => o.sellerId, subjects: () => [], state: () => ({}) };

const common = { source: "pipa/17", obligations: [] } as const;
const reveal = (clear: KindSet, until: number | null = null): Disclosure => ({
  kind: "reveal",
  clear,
  reason: "purpose-open",
  restReason: "role-lacks-field",
  until,
  ...common,
});
const mask = (reason: Reason = "purpose-ended"): Disclosure => ({
  kind: "mask",
  clear: 0,
  reason,
  until: null,
  remedy: null,
  ...common,
});
const withhold: Disclosure = {
  kind: "withhold",
  clear: 0,
  reason: "not-paid",
  until: null,
  remedy: null,
  ...common,
};
const clear = reveal(ALL_KINDS);

const line = schema(
  "line",
  {
    no: open(),
    buyer: { name: pii.name(), email: pii.email() },
    phones: [pii.phone()],
    memo: pii.memo(),
  },
  rules,
);

const sample = {
  no: 7,
  buyer: { name: "홍길동", email: "gildong@example.com", nickname: "canary" },
  phones: ["010-1234-5678", "02-123-4567"],
  memo: "문 앞",
  sellerId: "canary",
};

const FIELDS = '"fields":["buyer.name","buyer.email","phones[]","memo"]';

const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

function write(writer: AnswerWriter, value: unknown, ...disclosures: readonly Disclosure[]): string {
  return text(writer.write(value, writer.find(value), disclosures));
}

const failing = (code: string, words = "") =>
  expect.objectContaining({ code, message: expect.stringContaining(words) });
const shapeError = (words = "") => failing("ERR_GARIM_ANSWER_SHAPE", words);
const changedError = () => failing("ERR_GARIM_ANSWER_CHANGED");

afterEach(() => vi.unstubAllGlobals());

describe.each<[string, AnswerOptions]>([
  ["generated code", { codeGeneration: true }],
  ["closures", {}],
])("compileAnswer with %s", (_, options) => {
  const compile = (shape: AnswerShape): AnswerWriter => compileAnswer(shape, options);
  const writer = compile([line]);

  describe("write", () => {
    it("[V15.3.1] writes a revealed record as it is, without what is undeclared", () => {
      expect(write(writer, [sample], clear)).toBe(
        '[{"no":7,"buyer":{"name":"홍길동","email":"gildong@example.com"},"phones":["010-1234-5678","02-123-4567"],"memo":"문 앞"}]',
      );
    });

    it("masks every personal field and says which, why and how", () => {
      expect(write(writer, [sample], mask())).toBe(
        `[{"no":7,"buyer":{"name":"홍*동","email":"gi***@example.com"},"phones":["010-****-5678","02-***-4567"],"memo":null,"_masked":{${FIELDS},"reason":"purpose-ended","profile":"pipc"}}]`,
      );
    });

    it("writes withheld fields as null, also those that are absent", () => {
      expect(write(writer, [sample], withhold)).toContain(
        '"buyer":{"name":null,"email":null},"phones":[null,null],"memo":null,"_masked":',
      );
      expect(write(writer, [{ buyer: {} }], withhold)).toBe(
        `[{"buyer":{"name":null,"email":null},"memo":null,"_masked":{${FIELDS},"reason":"not-paid","profile":"pipc"}}]`,
      );
    });

    it("shows only the kinds that are clear, and gives the rest's reason and the end", () => {
      const until = Date.UTC(2026, 10, 22);
      const json = write(writer, [sample], reveal(kindSet(["name", "phone"]), until));
      expect(json).toContain(
        '"buyer":{"name":"홍길동","email":"gi***@example.com"},"phones":["010-1234-5678"',
      );
      expect(json).toContain(
        '"_masked":{"fields":["buyer.email","memo"],"reason":"role-lacks-field","profile":"pipc","until":"2026-11-22T00:00:00.000Z"}}',
      );
    });

    it("shows nothing by a mask's set of clear kinds", () => {
      const forged = { ...mask(), clear: ALL_KINDS } as unknown as Disclosure;
      expect(write(writer, [sample], forged)).not.toContain("홍길동");
    });

    it("judges each record on its own, an outer one before those in it", () => {
      const item = schema("item", { to: pii.name() }, rules);
      const order = schema("order", { id: open(), items: [item], by: pii.name() }, rules);
      const nested = compile({ total: open(), orders: [order], last: item });
      const value = {
        total: 2,
        orders: [{ id: 1, items: [{ to: "김철수" }, { to: "이영희" }], by: "박민수" }, null],
        last: { to: "최유진" },
      };
      expect(nested.find(value).map((found) => found.schema.name)).toEqual(["order", "item", "item", "item"]);
      expect(write(nested, value, mask(), clear, mask(), clear)).toBe(
        '{"total":2,"orders":[{"id":1,"items":[{"to":"김철수"},{"to":"이*희","_masked":{"fields":["to"],"reason":"purpose-ended","profile":"pipc"}}],"by":"박*수","_masked":{"fields":["by"],"reason":"purpose-ended","profile":"pipc"}},null],"last":{"to":"최유진"}}',
      );
    });

    it("writes a record without personal fields without a mark", () => {
      expect(write(compile(schema("plain", { a: open() }, rules)), { a: 1 }, mask())).toBe('{"a":1}');
    });

    it("leaves out what JSON leaves out and keeps null", () => {
      expect(write(writer, [{ no: undefined, buyer: null, phones: undefined, memo: null }], clear)).toBe(
        '[{"buyer":null,"memo":null}]',
      );
      expect(write(writer, [{ buyer: {} }], clear)).toBe('[{"buyer":{}}]');
      expect(write(writer, [{ phones: [] }], clear)).toBe('[{"phones":[]}]');
      expect(write(writer, [], ...[])).toBe("[]");
      expect(write(writer, null)).toBe("null");
    });

    it("keeps the places of a list whose items cannot be written", () => {
      const lists = compile(schema("r", { tags: [open()], phones: [pii.phone()] }, rules));
      expect(
        write(lists, { tags: [undefined, {}, 1, () => 1], phones: [undefined, "010-1234-5678"] }, mask()),
      ).toContain('{"tags":[null,null,1,null],"phones":[null,"010-****-5678"]');
    });

    it.each<[string, unknown]>([
      ["an object", { secret: "canary" }],
      ["an array", ["canary"]],
      ["a number", 821012345678],
      ["a boxed text", Object("canary")],
      ["a function", () => "canary"],
    ])("masks %s in a personal field, in a clear one too [L2]", (_name, value) => {
      const json = write(writer, [{ buyer: { name: value }, memo: value }], mask());
      expect(json).toContain('"buyer":{"name":"***"},"memo":null');
      if (typeof value !== "number")
        expect(write(writer, [{ buyer: { name: value }, memo: value }], clear)).toBe(
          '[{"buyer":{"name":"***"},"memo":null}]',
        );
    });

    it("keeps a company's name only where the record's test says true", () => {
      const named = compile(schema("r", { name: pii.name({ corporate: (o) => o.isFirm }) }, rules));
      expect(write(named, { name: "가림상사", isFirm: true }, mask())).toContain('"name":"가림상사"');
      expect(write(named, { name: "가림상사", isFirm: "yes" }, mask())).toContain('"name":"가**사"');
      expect(write(named, { name: {}, isFirm: true }, mask())).toContain('"name":"***"');
      expect(
        write(
          named,
          {
            get name() {
              return "가림상사";
            },
            get isFirm() {
              throw new Error("no");
            },
          },
          mask(),
        ),
      ).toContain('"name":"가**사"');
      expect(write(named, { name: "가림상사", isFirm: true }, withhold)).toContain('"name":null');
    });

    it("writes real dates only, and never calls toJSON [L2]", () => {
      const dated = compile(schema("r", { at: open() }, rules));
      const toJSON = vi.fn(() => "canary");
      class Later extends Date {
        override toJSON = toJSON;
        override toISOString = toJSON;
      }
      expect(write(dated, { at: new Later(0), toJSON }, clear)).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
      expect(write(dated, { at: new Date(Number.NaN) }, clear)).toBe('{"at":null}');
      expect(write(dated, { at: { toJSON, getTime: () => 0 } }, clear)).toBe("{}");
      expect(toJSON).not.toHaveBeenCalled();
    });

    it("reads members of classes, and takes none of Object.prototype for data [P1]", () => {
      const odd = compile(
        schema("r", { constructor: open(), toString: open(), valueOf: open(), a: open() }, rules),
      );
      class Row {
        readonly #a = 1;
        get a() {
          return this.#a;
        }
        get toString() {
          return "mine" as unknown as () => string;
        }
      }
      expect(write(odd, new Row(), clear)).toBe('{"toString":"mine","a":1}');
      expect(write(odd, { a: 1 }, clear)).toBe('{"a":1}');
      expect(write(odd, Object.assign(Object.create(null), { constructor: "own" }), clear)).toBe(
        '{"constructor":"own"}',
      );
    });

    it("reads each member once, also where the answer outgrows its buffer", () => {
      const read = vi.fn(() => "가".repeat(100_000));
      const rows = Array.from({ length: 3 }, () => ({
        get no() {
          return read();
        },
      }));
      expect(JSON.parse(write(writer, rows, clear, clear, clear))).toHaveLength(3);
      expect(read).toHaveBeenCalledTimes(3);
    });

    it("changes nothing of the caller's", () => {
      const frozen = Object.freeze({ ...sample, buyer: Object.freeze({ ...sample.buyer }) });
      const before = structuredClone(frozen);
      write(writer, [frozen], mask());
      expect(frozen).toEqual(before);
    });

    it("gives bytes of the caller's own", () => {
      const found = writer.find([sample]);
      const first = writer.write([sample], found, [clear]);
      const copy = first.slice();
      writer.write([sample], found, [mask()]);
      expect(first).toEqual(copy);
      expect(first.buffer.byteLength).toBe(first.length);
    });

    it("[V15.4.1] writes an answer while another is being written", () => {
      const outer = {
        no: "outer",
        get memo() {
          return write(writer, [sample], mask());
        },
      };
      const [written] = JSON.parse(write(writer, [outer], clear));
      expect(written.no).toBe("outer");
      expect(written.memo).toBe(write(writer, [sample], mask()));
    });

    it("[V15.3.6] takes nothing of a polluted Object.prototype for data [P1]", () => {
      Object.defineProperty(Object.prototype, "polluted", { value: "canary", configurable: true });
      try {
        const polluted = compile(schema("r", { polluted: open(), valueOf: pii.name() }, rules));
        expect(write(polluted, {}, clear)).toBe("{}");
        expect(write(polluted, { polluted: 1 }, clear)).toBe('{"polluted":1}');
      } finally {
        Reflect.deleteProperty(Object.prototype, "polluted");
      }
    });

    it.each<[string, unknown, string]>([
      ["a BigInt", [{ no: 1n }], "line.no is a bigint"],
      ["a BigInt in a nested member", [{ buyer: { name: 1n } }], "line.buyer.name is a bigint"],
      ["a BigInt in a list", [{ phones: [1n] }], "line.phones[] is a bigint"],
      ["an array for an object", [{ buyer: [] }], "line.buyer is an array"],
      ["a text for an object", [{ buyer: "canary" }], "line.buyer is a string"],
      ["a Map for an object", [{ buyer: new Map() }], "line.buyer is a Map"],
      ["an object for a list", [{ phones: { length: 1, 0: "canary" } }], "line.phones is an object"],
      [
        "a throwing getter",
        [
          {
            get no() {
              throw new Error("canary");
            },
          },
        ],
        "threw",
      ],
      [
        "a throwing proxy",
        [
          {
            buyer: new Proxy(
              {},
              {
                get() {
                  throw new Error("canary");
                },
              },
            ),
          },
        ],
        "threw",
      ],
    ])("refuses %s and does not say the value [L2]", (_name, value, words) => {
      for (const disclosure of [clear, mask()]) {
        expect(() => write(writer, value, disclosure)).toThrow(shapeError(words));
        expect(() => write(writer, value, disclosure)).not.toThrow(
          expect.objectContaining({ message: expect.stringContaining("canary") }),
        );
      }
    });

    it("refuses records that are not those decided about [B1]", () => {
      const [a, b] = [{ no: 1 }, { no: 2 }];
      const found = writer.find([a, b]);
      const write =
        (value: unknown, of = found, decisions = [clear, clear]) =>
        () =>
          writer.write(value, of, decisions);
      expect(write([a, b])).not.toThrow();
      expect(write([b, a])).toThrow(changedError());
      expect(write([a])).toThrow(changedError());
      expect(write([a, b, a])).toThrow(changedError());
      expect(write([a, { ...b }])).toThrow(changedError());
      expect(write([a, b], found, [clear])).toThrow(changedError());
      expect(write([a, b], found, [clear, clear, clear])).toThrow(changedError());
      expect(write([a, b], compile([schema("other", { no: open() }, rules)]).find([a, b]))).toThrow(
        changedError(),
      );
    });

    it("refuses a getter that makes a new record on each read", () => {
      const envelope = compile({ lines: [line] });
      expect(() =>
        write(
          envelope,
          {
            get lines() {
              return [{ ...sample }];
            },
          },
          clear,
        ),
      ).toThrow(changedError());
    });

    it("takes the same object twice", () => {
      expect(JSON.parse(write(writer, [sample, sample], clear, mask()))).toHaveLength(2);
    });

    it("takes maxBytes and refuses one byte more", () => {
      const small = compileAnswer([line], { ...options, maxBytes: 20 });
      expect(write(small, [{ no: "123456789" }], clear)).toHaveLength(20);
      expect(() => write(small, [{ no: "1234567890" }], clear)).toThrow(
        failing("ERR_GARIM_ANSWER_TOO_LARGE", "20 bytes"),
      );
    });

    it("refuses a huge answer before it takes memory for it", () => {
      const small = compileAnswer([line], { ...options, maxBytes: 1_000_000 });
      expect(() => write(small, [{ no: "가".repeat(400_000) }], clear)).toThrow(
        failing("ERR_GARIM_ANSWER_TOO_LARGE"),
      );
      expect(write(small, [{ no: "\u0000".repeat(166_000) }], clear)).toHaveLength(996_011);
    });

    it.each<[string, unknown]>([
      ["a sparse array", new Array(2 ** 24 + 1)],
      ["a proxy", new Proxy([], { get: () => Number.POSITIVE_INFINITY })],
    ])("refuses %s that claims more items than anybody can answer [L2]", (_name, phones) => {
      const value = [{ phones }];
      const tooLarge = failing("ERR_GARIM_ANSWER_TOO_LARGE", "16777216 items");
      expect(() => write(writer, value, clear)).toThrow(tooLarge);
      expect(() => writer.undeclared(phones, true)).toThrow(tooLarge);
      expect(() => writer.find(phones)).toThrow(tooLarge);
      expect(writer.undeclared(value, false)).toEqual([]);
    });

    it("does not follow a list that grows while it is written [L2]", () => {
      const rows: object[] = [];
      const grow = {
        get no() {
          return rows.push({ no: 2 });
        },
      };
      rows.push(grow);
      expect(write(writer, rows, clear)).toBe('[{"no":2}]');
    });

    it("grows for lists and records without a single text", () => {
      const numbers = compile(schema("r", { ns: [open()], rows: [{ n: open() }], end: open() }, rules));
      const value = {
        ns: Array<number>(100_000).fill(-1.2345678901234568e-300),
        rows: Array<object>(50_000).fill({ n: 1e20 }),
        end: true,
      };
      expect(write(numbers, value, clear)).toBe(JSON.stringify(value));
    });

    it("has room for one record of 9,000 numbers", () => {
      const keys = Array.from({ length: 9_000 }, (_item, i) => `f${i}`);
      const wide = compile(schema("r", Object.fromEntries(keys.map((key) => [key, open()])), rules));
      const value = Object.fromEntries(keys.map((key) => [key, -1.2345678901234568e-300]));
      expect(write(wide, value, clear)).toBe(JSON.stringify(value));
    });

    it("grows for marks", () => {
      const rows = Array.from({ length: 5_000 }, () => ({}));
      const json = write(writer, rows, ...rows.map(() => mask()));
      expect(json).toBe(
        `[${rows.map(() => `{"_masked":{${FIELDS},"reason":"purpose-ended","profile":"pipc"}}`)}]`,
      );
    });

    it("has room for a mark longer than the record's own fields", () => {
      const fields = Object.fromEntries(Array.from({ length: 100 }, (_item, i) => [`f${i}`, pii.name()]));
      const long = compile([schema("r", { ["k".repeat(1_000)]: fields }, rules)]);
      const rows = Array.from({ length: 20 }, () => ({}));
      expect(JSON.parse(write(long, rows, ...rows.map(() => mask())))).toHaveLength(20);
    });

    it("keeps its bytes right over many roles, more than it keeps plans for", () => {
      for (let set = 0; set < 200; set++) {
        const json = write(writer, [sample], reveal((set * 163) & ALL_KINDS));
        expect(json.includes("홍길동")).toBe(((set * 163) & kindSet(["name"])) !== 0);
      }
    });
  });

  describe("find", () => {
    it("gives the very objects and reads no field", () => {
      const read = vi.fn();
      const value = [
        {
          get no() {
            return read();
          },
        },
      ];
      expect(writer.find(value)[0]?.value).toBe(value[0]);
      expect(read).not.toHaveBeenCalled();
    });

    it.each<[string, unknown, string]>([
      ["nothing", undefined, "answer is undefined"],
      ["an object for a list", {}, "answer is an object"],
      ["a text", "canary", "answer is a string"],
      ["a Set", new Set([sample]), "answer is a Set"],
      ["a list of texts", ["canary"], "answer[] is a string"],
      ["a list of lists", [[sample]], "answer[] is an array"],
      ["a promise", [Promise.resolve(sample)], "answer[] is a Promise"],
      ["a buffer", [new Uint8Array(3)], "answer[] is an object"],
      [
        "a throwing proxy",
        new Proxy([], {
          get() {
            throw new Error("canary");
          },
        }),
        "threw",
      ],
    ])("refuses %s [L2]", (_name, value, words) => {
      expect(() => writer.find(value)).toThrow(shapeError(words));
    });

    it("is not led round by a cycle [L2]", () => {
      const cyclic: Record<string, unknown> = { no: 1 };
      cyclic["buyer"] = cyclic;
      cyclic["self"] = cyclic;
      expect(write(writer, [cyclic], clear)).toBe('[{"no":1,"buyer":{}}]');
    });
  });

  describe("undeclared", () => {
    const envelope = compile({ total: open(), lines: [line] });

    it("lists members the shape does not declare, and objects in open fields", () => {
      expect(envelope.undeclared({ total: {}, extra: 1, lines: [sample] }, false)).toEqual([
        "total",
        "lines[].buyer.nickname",
        "lines[].sellerId",
        "extra",
      ]);
    });

    it("looks at the first of each list, or at every one", () => {
      const value = { lines: [{ no: 1 }, { no: 1, late: 1 }] };
      expect(envelope.undeclared(value, false)).toEqual([]);
      expect(envelope.undeclared(value, true)).toEqual(["lines[].late"]);
    });

    it("tells at most 20 paths, each once", () => {
      const many = Object.fromEntries(Array.from({ length: 30 }, (_item, i) => [`f${i}`, i]));
      expect(envelope.undeclared({ lines: [many, many] }, true)).toHaveLength(20);
      expect(envelope.undeclared({ lines: [{ x: 1 }, { x: 1 }] }, true)).toEqual(["lines[].x"]);
    });

    it("does not tell names that may be data [L4]", () => {
      expect(
        envelope.undeclared({ "010-1234-5678": 1, "a@example.com": 1, "홍 길동": 1, 별명: 1 }, true),
      ).toEqual(["?", "별명"]);
    });

    it("does not count what JSON leaves out, nor a Date, nor a masked object", () => {
      expect(
        envelope.undeclared({ total: new Date(), a: undefined, b: () => 1, lines: [{ memo: {} }] }, true),
      ).toEqual([]);
    });

    it("refuses a getter that throws", () => {
      expect(() =>
        envelope.undeclared(
          {
            get lines() {
              throw new Error("canary");
            },
          },
          true,
        ),
      ).toThrow(shapeError("threw"));
    });
  });
});

describe("compileAnswer where code generation is forbidden", () => {
  it("falls back to closures by itself", () => {
    vi.stubGlobal(
      "Function",
      class {
        constructor() {
          throw new EvalError("forbidden");
        }
      },
    );
    expect(write(compileAnswer([line], { codeGeneration: true }), [sample], mask())).toContain("홍*동");
  });

  it("generates no code unless the option says so", () => {
    const spy = vi.fn();
    vi.stubGlobal("Function", spy);
    expect(write(compileAnswer([line]), [sample], mask())).toContain("홍*동");
    expect(spy).not.toHaveBeenCalled();
  });
});
