import { codeAt } from "../code-unit.ts";
import type { Sink } from "./sink.ts";

/**
 * JSON as UTF-8, written byte by byte. Every writer takes the place to write at and returns the end, exclusive.
 * Text and numbers come out exactly as from `JSON.stringify`.
 */

/** Bytes that stand in every answer of a schema, as 8-byte words: padded, for whatever follows overwrites the padding. */
export interface Run {
  readonly words: Float64Array;
  /** Bytes without padding. */
  readonly size: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Makes a run of a text of well-formed Unicode. UTF-8 has no sequence that reads as NaN, so doubles keep every bit. */
export function makeRun(text: string): Run {
  const bytes = encode(text);
  const padded = new Uint8Array(8 * Math.ceil(bytes.length / 8)).fill(0x20);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const words = Float64Array.from({ length: padded.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
  return { words, size: bytes.length };
}

/** Well-formed Unicode as UTF-8. */
export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  let size = 0;
  for (const char of text) size = writeCodePoint(bytes, size, char.codePointAt(0) ?? 0);
  return bytes.slice(0, size);
}

export function writeRun(sink: Sink, at: number, run: Run): number {
  const { words, size } = run;
  const { view } = sink;
  for (let i = 0; i < words.length; i++) view.setFloat64(at + 8 * i, words[i] as number, true);
  return at + size;
}

export function writeNull(sink: Sink, at: number): number {
  sink.view.setUint32(at, 0x6c6c756e, true);
  return at + 4;
}

export function writeBoolean(sink: Sink, at: number, value: boolean): number {
  if (value) {
    sink.view.setUint32(at, 0x65757274, true);
    return at + 4;
  }
  sink.view.setUint32(at, 0x736c6166, true);
  sink.bytes[at + 4] = 0x65;
  return at + 5;
}

/** `"***"`, the commonest mask. */
export function writeStars(sink: Sink, at: number): number {
  sink.view.setUint32(at, 0x2a2a2a22, true);
  sink.bytes[at + 4] = QUOTE;
  return at + 5;
}

export function writeNumber(sink: Sink, at: number, value: number): number {
  if ((value | 0) === value && value >= 0) return writeDigits(sink.bytes, at, value | 0);
  if (!Number.isFinite(value)) return writeNull(sink, at);
  const text = String(value);
  for (let i = 0; i < text.length; i++) sink.bytes[at + i] = codeAt(text, i);
  return at + text.length;
}

function writeDigits(bytes: Uint8Array, at: number, value: number): number {
  let end = at + 1;
  for (let rest = value; rest >= 10; rest = (rest / 10) | 0) end++;
  let rest = value;
  for (let i = end - 1; i >= at; i--) {
    const tenth = (rest / 10) | 0;
    bytes[i] = 0x30 + rest - 10 * tenth;
    rest = tenth;
  }
  return end;
}

/** Writes a text with its quotes. Text without escapes and below the surrogates stays in the first loop. */
export function writeString(sink: Sink, at: number, text: string): number {
  const { length } = text;
  if (at + 6 * length + 2 > sink.limit) sink.grow(at + sizeOfString(text));
  const { bytes } = sink;
  let p = at;
  bytes[p++] = QUOTE;
  for (let i = 0; i < length; i++) {
    const code = codeAt(text, i);
    if (code < 0x80) {
      if (code < 0x20 || code === QUOTE || code === BACKSLASH) return writeRest(bytes, p, text, i);
      bytes[p++] = code;
    } else if (code >= 0x800 && (code < 0xd800 || code > 0xdfff)) {
      bytes[p] = 0xe0 | (code >> 12);
      bytes[p + 1] = 0x80 | ((code >> 6) & 0x3f);
      bytes[p + 2] = 0x80 | (code & 0x3f);
      p += 3;
    } else return writeRest(bytes, p, text, i);
  }
  bytes[p] = QUOTE;
  return p + 1;
}

/** Any text from code unit `from` on, and the closing quote. */
function writeRest(bytes: Uint8Array, at: number, text: string, from: number): number {
  let p = at;
  for (let i = from; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0;
    const escaped = escapeOf(code);
    if (escaped === "") p = writeCodePoint(bytes, p, code);
    else for (let j = 0; j < escaped.length; j++) bytes[p++] = escaped.charCodeAt(j);
    if (code > 0xffff) i++;
  }
  bytes[p] = QUOTE;
  return p + 1;
}

function writeCodePoint(bytes: Uint8Array, at: number, code: number): number {
  let p = at;
  if (code < 0x80) bytes[p++] = code;
  else {
    if (code < 0x800) bytes[p++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) bytes[p++] = 0xe0 | (code >> 12);
      else {
        bytes[p++] = 0xf0 | (code >> 18);
        bytes[p++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[p++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[p++] = 0x80 | (code & 0x3f);
  }
  return p;
}

/** The escapes of the first 128 characters as `JSON.stringify` writes them; empty where there is none. */
const ESCAPES: readonly string[] = Array.from({ length: 128 }, (_, code) => {
  const json = JSON.stringify(String.fromCharCode(code)).slice(1, -1);
  return json.length === 1 ? "" : json;
});

/** A surrogate without its other half is escaped, so that the answer is well-formed UTF-8. */
function escapeOf(code: number): string {
  if (code < 0x80) return ESCAPES[code] ?? "";
  return code >= 0xd800 && code <= 0xdfff ? `\\u${code.toString(16)}` : "";
}

/** Bytes {@link writeString} takes for a text. */
function sizeOfString(text: string): number {
  let size = 2;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0;
    const escaped = escapeOf(code);
    if (escaped !== "") size += escaped.length;
    else size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (code > 0xffff) i++;
  }
  return size;
}
