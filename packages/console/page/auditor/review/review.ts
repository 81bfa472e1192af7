import type { Actor } from "../log/entry.ts";

export interface ReviewEntry {
  readonly seq: number;
  readonly at: number;
  readonly actor: Actor;
}

export interface Finding extends ReviewEntry {
  readonly what: string;
  readonly owner: string;
  readonly about: number | null;
  readonly followUps: readonly (ReviewEntry & { readonly what: string; readonly isClosed: boolean })[];
  readonly isClosed: boolean;
}

export interface ReviewState {
  readonly month: string;
  readonly begun: ReviewEntry | null;
  readonly findings: readonly Finding[];
  readonly signed: (ReviewEntry & { readonly sha256: string }) | null;
}

/** A row of any list of an account; each list has some of these. */
export interface WatchedRow {
  readonly seq?: number;
  readonly at?: number;
  readonly actor?: Actor;
  readonly count?: number;
  readonly records?: number;
  readonly median?: number | null;
  readonly purpose?: string | null;
  readonly reason?: string | null;
  readonly action?: string;
  readonly ip?: string;
  readonly dueAt?: number;
  readonly kind?: string;
  readonly column?: string;
  readonly route?: string;
}

interface Listed {
  readonly rows: readonly WatchedRow[];
  readonly more: number;
}

export const LISTS = [
  "downloads",
  "undestroyed",
  "offHours",
  "volume",
  "subjects",
  "rows",
  "networks",
  "signals",
  "refused",
  "rights",
  "auditors",
  "damaged",
] as const;

export type ListName = (typeof LISTS)[number];

export interface Watch extends Readonly<Record<ListName, Listed>> {
  readonly records: number;
  readonly answers: number;
  readonly actors: number;
  readonly withoutPurpose: number;
  readonly gaps: number;
  readonly sample: readonly WatchedRow[];
  readonly isWhole: boolean;
}

export interface Review {
  readonly account: { readonly watch: Watch };
  readonly state: ReviewState;
  readonly isAsSigned: boolean | null;
  readonly file: { readonly sha256: string };
}

const KOREA_MS = 32_400_000;

/** The month before this one in Korea: `2026-10`. */
export function lastMonth(now: number): string {
  const korea = new Date(now + KOREA_MS);
  return new Date(Date.UTC(korea.getUTCFullYear(), korea.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
