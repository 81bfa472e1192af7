import type { ChainKey, KeyFile, SignerEntry, SingleKey } from "../src/keys/key-file.ts";

/** A key of 32 equal bytes, in base64. */
export const keyText = (fill: number): string => Buffer.alloc(32, fill).toString("base64");

const MADE = "2026-11-01T00:00:00.000Z";

export const chain = (id: string, from: string, fill: number, more: Partial<ChainKey> = {}): ChainKey => ({
  id,
  made: MADE,
  from,
  month: from,
  key: keyText(fill),
  ...more,
});

export const single = (id: string, fill: number): SingleKey => ({ id, key: keyText(fill) });

export const signer = (id: string, fill: number): SignerEntry => ({
  id,
  made: MADE,
  name: "market.example/log",
  seed: keyText(fill),
});

export const file = (more: Partial<KeyFile> = {}): KeyFile => ({
  version: 1,
  subjects: [chain("aaaa", "2026-11", 1)],
  secrets: [single("s1", 2)],
  signers: [signer("n1", 3)],
  ...more,
});

/** The first moment of a month. */
export const inMonth = (month: string): number => Date.parse(`${month}-01T00:00:00Z`);
