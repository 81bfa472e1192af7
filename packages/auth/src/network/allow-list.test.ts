import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAllowList } from "./allow-list.ts";

/** An address as a number, with how many bits it has. */
interface Numbered {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

const MAPPED = 0xffffn << 32n;

const ipv4: fc.Arbitrary<Numbered> = fc
  .bigInt({ min: 0n, max: (1n << 32n) - 1n })
  .map((value) => ({ value, bits: 32 }));

/** Never inside ::ffff:0:0/96, whose addresses are IPv4. */
const ipv6: fc.Arbitrary<Numbered> = fc
  .bigInt({ min: 0n, max: (1n << 128n) - 1n })
  .filter((value) => value >> 32n !== MAPPED >> 32n)
  .map((value) => ({ value, bits: 128 }));

const numbered = fc.oneof(ipv4, ipv6);

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join(".");
}

function grouped(value: bigint): string {
  return Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(
    ":",
  );
}

/** The spellings of an address that name the same one. */
function spellings({ value, bits }: Numbered): readonly string[] {
  if (bits === 128) {
    const full = grouped(value);
    const short = full.replace(/(?:^|:)0(?::0)+(?:$|:)/, "::");
    const mixed = `${full.split(":").slice(0, 6).join(":")}:${dotted(value & 0xffffffffn)}`;
    return [full, short, full.toUpperCase(), mixed];
  }
  const mapped = MAPPED | value;
  return [dotted(value), `::ffff:${dotted(value)}`, grouped(mapped).toUpperCase()];
}

const spelt = (address: Numbered): fc.Arbitrary<string> => fc.constantFrom(...spellings(address));

/** An entry, and the number and prefix that it stands for. */
const entry = numbered.chain((address) =>
  fc.integer({ min: 1, max: address.bits }).chain((prefix) => {
    const below = BigInt(address.bits - prefix);
    const network = { value: (address.value >> below) << below, bits: address.bits };
    return spelt(network).map((text) => {
      const written = address.bits === 32 && text.includes(":") ? prefix + 96 : prefix;
      return { network, prefix, text: `${text}/${written}` };
    });
  }),
);

type Entry = typeof entry extends fc.Arbitrary<infer E> ? E : never;

/** Some address; half of the time one that differs from the entry's network only from some bit on. */
function addressNear({ network }: Entry): fc.Arbitrary<Numbered> {
  const near = fc
    .tuple(fc.integer({ min: 0, max: network.bits }), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }))
    .map(([bit, noise]) => ({
      value: network.value ^ (noise & ((1n << BigInt(bit)) - 1n)),
      bits: network.bits,
    }))
    .filter(({ value, bits }) => bits === 32 || value >> 32n !== MAPPED >> 32n);
  return fc.oneof(near, numbered);
}

/** The independent answer: equal leading bits, by arithmetic. */
function isIn(address: Numbered, { network, prefix }: Entry): boolean {
  const below = BigInt(network.bits - prefix);
  return address.bits === network.bits && address.value >> below === network.value >> below;
}

describe("allowList.has", () => {
  it("[P4] agrees with arithmetic on the address as a number, in every spelling", () => {
    const cases = fc.array(entry, { minLength: 1, maxLength: 4 }).chain((entries) =>
      fc.tuple(
        fc.constant(entries),
        fc
          .constantFrom(...entries)
          .chain((one) =>
            addressNear(one).chain((address) => fc.tuple(fc.constant(address), spelt(address))),
          ),
      ),
    );
    let hits = 0;
    fc.assert(
      fc.property(cases, ([entries, [address, text]]) => {
        const expected = entries.some((one) => isIn(address, one));
        hits += expected ? 1 : 0;
        expect(createAllowList(entries.map((one) => one.text)).has(text)).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
    expect(hits).toBeGreaterThan(500);
  });

  it.each<[string, string, boolean]>([
    ["203.0.113.0/24", "203.0.113.255", true],
    ["203.0.113.0/24", "203.0.114.0", false],
    ["203.0.113.0/24", "::ffff:203.0.113.7", true],
    ["::ffff:203.0.113.0/120", "203.0.113.7", true],
    ["::ffff:203.0.113.7", "203.0.113.7", true],
    ["::/1", "127.0.0.1", false],
    ["::/1", "::ffff:127.0.0.1", false],
    ["::1", "127.0.0.1", false],
    ["127.0.0.1", "::1", false],
    ["127.0.0.1", "::127.0.0.1", false],
    ["2001:db8::/33", "2001:db8:7fff:ffff::1", true],
    ["2001:db8::/33", "2001:db8:8000::", false],
    ["8.0.0.1", "010.0.0.1", false],
    ["10.0.0.0/8", "10.1", false],
    ["fe80::/10", "fe80::1%eth0", false],
  ])("[P4] with %s listed, answers on %s: %s", (listed, asked, expected) => {
    expect(createAllowList([listed]).has(asked)).toBe(expected);
  });

  it("[P4] is false for whatever is no address", () => {
    const list = createAllowList(["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"]);
    const garbage = fc.oneof(
      fc.anything(),
      fc.string({ unit: "binary" }).map((text) => `203.0.113.7${text}`),
    );
    const noAddress = garbage.filter((value) => typeof value !== "string" || isIP(value) === 0);
    fc.assert(fc.property(noAddress, (value) => !list.has(value as string)));
  });

  it("lets nobody in by an empty list", () => {
    expect(createAllowList([]).has("203.0.113.7")).toBe(false);
  });
});

describe("createAllowList", () => {
  it.each<[unknown, string]>([
    ["010.0.0.1", '"010.0.0.1" is no address'],
    ["10.1", '"10.1" is no address'],
    ["fe80::1%eth0", "is no address"],
    ["203.0.113.7:443", "is no address"],
    ["example.com", "is no address"],
    ["203.0.113.0/24/8", "is no address"],
    ["/24", "is no address"],
    [7, "of type number is no text"],
    ["203.0.113.0/33", "has no prefix of at most 32 bits"],
    ["203.0.113.0/", "has no prefix"],
    ["203.0.113.0/024", "has no prefix"],
    ["203.0.113.0/-1", "has no prefix"],
    ["203.0.113.0/255.255.255.0", "has no prefix"],
    ["2001:db8::/129", "has no prefix of at most 128 bits"],
    ["::ffff:203.0.113.0/24", "has no prefix of at most 32 bits"],
    ["0.0.0.0/0", "lets everybody in"],
    ["::/0", "lets everybody in"],
    ["::ffff:0:0/96", "lets everybody in"],
    ["10.0.0.1/8", 'has bits behind its prefix of 8; write "10.0.0.0/8" for the network, or "10.0.0.1"'],
    ["2001:db8::1/32", 'write "2001:db8::/32" for the network'],
  ])("[P4] refuses the entry %j and names it", (entry, message) => {
    expect(() => createAllowList(["203.0.113.7", entry as string])).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringContaining(message),
      }),
    );
  });

  it("refuses what is no list, or more entries than can be compared with each request", () => {
    const invalid = expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" });
    expect(() => createAllowList(undefined as never)).toThrow(invalid);
    expect(() => createAllowList("203.0.113.7" as never)).toThrow(invalid);
    expect(() => createAllowList(new Array(1_001).fill("203.0.113.7"))).toThrow(invalid);
    expect(createAllowList(new Array(1_000).fill("203.0.113.7")).has("203.0.113.7")).toBe(true);
  });

  it("shows no more than the beginning of a long entry", () => {
    expect(() => createAllowList(["x".repeat(1_000)])).toThrow(/^.{1,300}$/);
  });
});
