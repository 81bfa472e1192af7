import type { Access, LogEntry } from "../src/index.ts";
import { asLogged, NOW, samplePage } from "./sample.ts";

/** A record read back, of a page of `size` orders. */
export function sampleEntry(seq: number, size = 0, more: Partial<Access> = {}): LogEntry {
  const id = `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`;
  return { seq, id, recordedAt: NOW + 7, access: asLogged(samplePage(size, more)) };
}
