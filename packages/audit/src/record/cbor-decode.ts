import { GarimError } from "@garim/policy";
import { type CborValue, encodeCbor } from "./cbor-encode.ts";
import { readHalf } from "./half-float.ts";

/** Deeper than any record; keeps hostile bytes from exhausting the stack. */
const MAX_DEPTH = 16;

/**
 * Decodes deterministic CBOR, and only that: bytes that `encodeCbor` would not have written are refused, so that one value has
 * one form and a stored record cannot be rewritten unnoticed.
 *
 * @throws GarimError `ERR_GARIM_RECORD_INVALID`, naming the offset
 */
export function decodeCbor(bytes: Uint8Array): CborValue {
  const reader = new CborReader(bytes);
  const value = reader.value(0);
  reader.end();
  return value;
}

class CborReader {
  readonly #bytes: Buffer;
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw this.#fault("bytes after the end");
  }

  value(depth: number): CborValue {
    if (depth > MAX_DEPTH) throw this.#fault("nested too deeply");
    const head = this.#uint(1);
    if (head >>> 5 === 7) return this.#simple(head);
    const argument = this.#argument(head & 0x1f);
    switch (head >>> 5) {
      case 0:
        return argument;
      case 1:
        return this.#negative(argument);
      case 2:
        return Uint8Array.from(this.#take(argument));
      case 3:
        return this.#text(argument);
      case 4:
        return this.#list(argument, depth);
      case 5:
        return this.#map(argument, depth);
      default:
        throw this.#fault("a tag");
    }
  }

  #argument(low: number): number {
    if (low < 24) return low;
    if (low > 27) throw this.#fault("an indefinite or reserved length");
    const sizeBytes = 2 ** (low - 24);
    const value = this.#wide(sizeBytes);
    const least = low === 24 ? 24 : 2 ** (4 * sizeBytes);
    if (value < least) throw this.#fault("a number that is not in its shortest form");
    if (value > Number.MAX_SAFE_INTEGER) throw this.#fault("a number that is too large");
    return value;
  }

  #wide(sizeBytes: number): number {
    return sizeBytes === 8 ? this.#uint(4) * 0x1_0000_0000 + this.#uint(4) : this.#uint(sizeBytes);
  }

  #negative(argument: number): number {
    const value = -1 - argument;
    if (!Number.isSafeInteger(value)) throw this.#fault("a number that is too small");
    return value;
  }

  #text(sizeBytes: number): string {
    const bytes = this.#take(sizeBytes);
    try {
      return this.#utf8.decode(bytes);
    } catch {
      throw this.#fault("text that is not UTF-8");
    }
  }

  #list(length: number, depth: number): readonly CborValue[] {
    const values: CborValue[] = [];
    for (let i = 0; i < length; i++) values.push(this.value(depth + 1));
    return values;
  }

  #map(size: number, depth: number): ReadonlyMap<number | string, CborValue> {
    const map = new Map<number | string, CborValue>();
    let previous: Buffer | undefined;
    for (let i = 0; i < size; i++) {
      const start = this.#at;
      const key = this.value(depth + 1);
      const bytes = this.#bytes.subarray(start, this.#at);
      if (typeof key !== "number" && typeof key !== "string") throw this.#fault("a map key of another type");
      if (previous && Buffer.compare(previous, bytes) >= 0) throw this.#fault("map keys out of order");
      previous = bytes;
      map.set(key, this.value(depth + 1));
    }
    return map;
  }

  #simple(head: number): CborValue {
    if (head === 0xf4 || head === 0xf5) return head === 0xf5;
    if (head === 0xf6) return null;
    const start = this.#at - 1;
    const value = this.#float(head);
    if (Buffer.compare(encodeCbor(value), this.#bytes.subarray(start, this.#at)) !== 0)
      throw this.#fault("a float that is not in its shortest form");
    return value;
  }

  #float(head: number): number {
    if (head === 0xf9) return readHalf(this.#uint(2));
    if (head === 0xfa) return this.#take(4).readFloatBE();
    if (head === 0xfb) return this.#take(8).readDoubleBE();
    throw this.#fault("an unknown simple value");
  }

  #uint(sizeBytes: number): number {
    return this.#take(sizeBytes).readUIntBE(0, sizeBytes);
  }

  #take(sizeBytes: number): Buffer {
    const end = this.#at + sizeBytes;
    if (end > this.#bytes.length) throw this.#fault("the end of the bytes");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #fault(seen: string): GarimError {
    return new GarimError(
      "ERR_GARIM_RECORD_INVALID",
      `The bytes are not a record's body: ${seen} at offset ${this.#at}`,
    );
  }
}
