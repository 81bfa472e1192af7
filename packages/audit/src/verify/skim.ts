import { decodeRecord } from "../record/decode.ts";
import { FIELD } from "../record/field.ts";

/** What the searched columns must say of a record. */
export interface Skimmed {
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly seller: string | null;
  readonly session: string | null;
  readonly ip: string;
  readonly action: string;
  readonly outcome: string;
  readonly purpose: string | null;
  readonly target: string | null;
  readonly key: string | null;
}

interface Seen {
  at: number;
  kind: string;
  actor: string;
  seller: string | null;
  session: string | null;
  ip: string;
  action: string;
  outcome: string;
  purpose: string | null;
  target: string | null;
  key: string | null;
}

/**
 * Reads of a record's bytes only what is searched, some twenty times faster than all of it.
 *
 * @param bytes - holds the body, and may hold more around it
 * @param latin1 - all of `bytes` as Latin-1: texts are cut out of it, which costs a fifth of asking the buffer. They are wrong where one
 *   is not ASCII. Left out, they are read as the UTF-8 that they are
 * @returns `undefined` where the bytes are not what `encodeRecord` writes; {@link readWhole} then tells why
 */
export function skimRecord(bytes: Buffer, start: number, end: number, latin1?: string): Skimmed | undefined {
  const skimmer = new Skimmer(bytes, start, end, latin1);
  try {
    return skimmer.read();
  } catch {
    return undefined;
  }
}

/**
 * The same by the decoder.
 *
 * @throws GarimError `ERR_GARIM_RECORD_INVALID`
 */
export function readWhole(
  body: Uint8Array,
  subjects: readonly string[],
): { readonly id: string; readonly skimmed: Skimmed } {
  const { id, access } = decodeRecord(body, subjects);
  const { at, actor, session, origin, action, outcome, purpose, target, key } = access;
  const skimmed: Skimmed = {
    at,
    kind: actor.kind,
    actor: actor.id,
    seller: actor.sellerId,
    session,
    ip: origin.ip,
    action,
    outcome,
    purpose,
    target: target?.id ?? null,
    key: key ?? null,
  };
  return { id, skimmed };
}

const UNREAD = new Error("not a record");

class Skimmer {
  readonly #bytes: Buffer;
  readonly #end: number;
  readonly #latin1: string | undefined;
  #at: number;

  constructor(bytes: Buffer, start: number, end: number, latin1: string | undefined) {
    this.#bytes = bytes;
    this.#latin1 = latin1;
    this.#at = start;
    this.#end = end;
  }

  read(): Skimmed {
    const seen: Seen = {
      at: -1,
      kind: "",
      actor: "",
      seller: null,
      session: null,
      ip: "",
      action: "",
      outcome: "",
      purpose: null,
      target: null,
      key: null,
    };
    for (let left = this.#head(5), previous = -1; left > 0; left--) {
      const field = this.#head(0);
      // Twice the same field would have two readings.
      if (field <= previous) throw UNREAD;
      previous = field;
      this.#field(field, seen);
    }
    if (this.#at !== this.#end || seen.at < 0) throw UNREAD;
    return seen;
  }

  #field(field: number, seen: Seen): void {
    switch (field) {
      case FIELD.actor:
        if (this.#head(4) !== 3) throw UNREAD;
        seen.kind = this.#text();
        seen.actor = this.#text();
        seen.seller = this.#textOrNull();
        return;
      case FIELD.at:
        seen.at = this.#head(0);
        return;
      case FIELD.origin:
        if (this.#head(4) !== 2) throw UNREAD;
        seen.ip = this.#text();
        this.#skip();
        return;
      case FIELD.action:
        seen.action = this.#text();
        return;
      case FIELD.outcome:
        seen.outcome = this.#text();
        return;
      case FIELD.purpose:
        seen.purpose = this.#text();
        return;
      case FIELD.session:
        seen.session = this.#text();
        return;
      case FIELD.target:
        if (this.#head(4) !== 3) throw UNREAD;
        this.#skip();
        seen.target = this.#text();
        this.#skip();
        return;
      case FIELD.key:
        seen.key = this.#text();
        return;
      default:
        this.#skip();
    }
  }

  #textOrNull(): string | null {
    if (this.#bytes[this.#at] !== 0xf6) return this.#text();
    this.#at++;
    return null;
  }

  #text(): string {
    const length = this.#head(3);
    const start = this.#at;
    const end = this.#move(length);
    return this.#latin1?.substring(start, end) ?? this.#bytes.toString("utf8", start, end);
  }

  /** The argument of a head that must be of that major type. */
  #head(major: number): number {
    const head = this.#byte();
    if (head >>> 5 !== major) throw UNREAD;
    return this.#argument(head & 0x1f);
  }

  #argument(low: number): number {
    if (low < 24) return low;
    if (low === 24) return this.#byte();
    const start = this.#at;
    if (low === 25) return this.#bytes.readUInt16BE(this.#move(2) - 2);
    if (low === 26) return this.#bytes.readUInt32BE(this.#move(4) - 4);
    if (low !== 27) throw UNREAD;
    this.#move(8);
    return this.#bytes.readUInt32BE(start) * 0x1_0000_0000 + this.#bytes.readUInt32BE(start + 4);
  }

  /** Passes over one value, whatever it holds. */
  #skip(): void {
    for (let left = 1; left > 0; left--) {
      const head = this.#byte();
      const major = head >>> 5;
      const argument = this.#argument(head & 0x1f);
      if (major === 2 || major === 3) this.#move(argument);
      else if (major === 4) left += argument;
      else if (major === 5) left += 2 * argument;
      else if (major === 6) throw UNREAD;
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined || this.#at >= this.#end) throw UNREAD;
    this.#at++;
    return byte;
  }

  #move(count: number): number {
    this.#at += count;
    if (this.#at > this.#end) throw UNREAD;
    return this.#at;
  }
}
