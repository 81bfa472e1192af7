import type { CborValue } from "./cbor-encode.ts";
import { asBytes, asListOf, asNumber, orNull, refuseShape } from "./cbor-shape.ts";

/** 40 bits hold every millisecond within 17 years of the base; the two largest values say "none" and "unreadable". */
const SIZE_BYTES = 5;
const HALF = 2 ** 39;
const NONE = 2 ** 40 - 1;
const UNREADABLE = 2 ** 40 - 2;

/**
 * Packs moments one by one, 5 bytes each: the distance from a base, plus 2^39. Where one is not a whole millisecond, or too far away, all
 * must be written as plain numbers instead, for a decision replays only on the very same facts.
 */
export class MomentPacker {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  #at = 0;
  #fits = true;

  /**
   * @param count - how many come at most
   * @param base - the moment of the access, UTC milliseconds
   */
  constructor(count: number, base: number) {
    this.#bytes = Buffer.allocUnsafe(count * SIZE_BYTES);
    this.#base = base;
  }

  /** @param moment - UTC milliseconds, `null` for none, `NaN` for unreadable */
  put(moment: number | null): void {
    const code = codeOf(moment, this.#base);
    if (code === undefined) {
      this.#fits = false;
      return;
    }
    const bytes = this.#bytes;
    const at = this.#at;
    bytes[at] = code / 0x1_0000_0000;
    bytes[at + 1] = code >>> 24;
    bytes[at + 2] = code >>> 16;
    bytes[at + 3] = code >>> 8;
    bytes[at + 4] = code;
    this.#at = at + SIZE_BYTES;
  }

  /** What was put; `undefined` where one of them must be written as a plain number. */
  get bytes(): Uint8Array | undefined {
    return this.#fits ? this.#bytes.subarray(0, this.#at) : undefined;
  }
}

/** Reads what {@link MomentPacker} wrote, or plain numbers. */
export function unpackMoments(column: CborValue, base: number): readonly (number | null)[] {
  if (Array.isArray(column)) return asListOf(orNull(asNumber))(column, "moments");
  const bytes = Buffer.from(asBytes(column, "moments"));
  if (bytes.length % SIZE_BYTES !== 0) return refuseShape("moments", "whole");
  const count = bytes.length / SIZE_BYTES;
  return Array.from({ length: count }, (_, i) =>
    momentOf(bytes.readUIntBE(i * SIZE_BYTES, SIZE_BYTES), base),
  );
}

function codeOf(moment: number | null, base: number): number | undefined {
  if (moment === null) return NONE;
  if (Number.isNaN(moment)) return UNREADABLE;
  const code = moment - base + HALF;
  const fits = Number.isSafeInteger(moment) && code >= 0 && code < UNREADABLE && !Object.is(moment, -0);
  return fits ? code : undefined;
}

function momentOf(code: number, base: number): number | null {
  if (code === NONE) return null;
  return code === UNREADABLE ? Number.NaN : code - HALF + base;
}
