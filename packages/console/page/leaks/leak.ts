import type { LeakDeed, LeakFacts, LeakFound, LeakNotice, LeakStatus } from "@garim/duties";
import {
  type BreachDuty,
  LEAK_KIND_WORDS,
  LEAK_KINDS,
  listMissingContents,
  type NoticeContent,
  type Words,
} from "@garim/policy";
import { dayOf } from "../kit/day.ts";
import { below } from "../kit/host.ts";
import { language } from "../kit/words.ts";

/** A leak as it stands in the list: of the endpoint `duties/leaks`. */
export type LeakLine = Omit<LeakStatus, "contents" | "notices"> & { readonly notices: number };

/** One of the check list. */
export interface LeakCheckLine {
  readonly id: string;
  readonly words: Words;
  readonly done: LeakDeed | null;
}

/** Everything about one: of the endpoint `duties/leaks/{id}`. */
export type Leak = Omit<LeakStatus, "unchecked"> & { readonly checklist: readonly LeakCheckLine[] };

export type Contents = Leak["contents"];

/** Questions about a leak that are answered by yes, no, or by nobody yet. */
export const QUESTIONS = [
  "hasUniqueIds",
  "hasSensitive",
  "isOutsideAccess",
  "isIntrusion",
  "lacksContacts",
] as const satisfies readonly (keyof LeakFacts)[];
export type Question = (typeof QUESTIONS)[number];

export const NO_FACTS: LeakFacts = {
  isPossibleOnly: false,
  subjects: null,
  hasUniqueIds: null,
  hasSensitive: null,
  isOutsideAccess: null,
  isIntrusion: null,
  lacksContacts: null,
};

/** The kinds as choices. */
export const KIND_OPTIONS: readonly { readonly value: LeakLine["kind"]; readonly text: string }[] =
  LEAK_KINDS.map((value) => ({ value, text: kindText(value) }));

export function kindText(kind: LeakLine["kind"]): string {
  return LEAK_KIND_WORDS[kind][language];
}

/** The endpoint of one leak, or of something of it. */
export function leakPath(id: string, ...parts: readonly (string | number)[]): string {
  return ["duties/leaks", id, ...parts].map(String).join("/");
}

/** The page of one leak. Its id is nobody's. */
export function leakPage(id: string): string {
  return below(`pages/leaks?${new URLSearchParams({ leak: id })}`);
}

/** Where its scope is counted, to be put to it. */
export function scopePage(id: string): string {
  return below(`pages/auditor/leak?${new URLSearchParams({ leak: id })}`);
}

/** Where its report is drafted: of the same question to the log, and of what is on file. */
export function reportPage({ id }: Pick<Leak, "id">, { filter }: LeakFound): string {
  const { kind, actor, key, session, ip, seller, from, to } = filter;
  const asked = Object.entries({ key, session, ip, seller }).find(([, value]) => value !== undefined);
  const [of, value] = actor !== undefined && kind !== undefined ? [kind, actor] : (asked ?? []);
  const query = {
    leak: id,
    ...(of === undefined || value === undefined ? {} : { of, value }),
    ...(from === undefined ? {} : { from: dayOf(from) }),
    // The page's last day is included.
    ...(to === undefined ? {} : { to: dayOf(to - 1) }),
  };
  return below(`pages/auditor/leak?${new URLSearchParams(query)}`);
}

/** The step that is due next; `undefined` where every step is done. */
export function nextDuty({ duties }: Pick<LeakLine, "duties">): BreachDuty | undefined {
  return duties
    .filter(({ doneAt }) => doneAt === null)
    .toSorted((one, other) => one.dueAt - other.dueAt)
    .at(0);
}

/** What of the seven nobody wrote yet. */
export function missingOf(contents: Contents): readonly NoticeContent[] {
  const written = Object.entries(contents).filter(([, text]) => text.trim() !== "");
  return listMissingContents(written.map(([name]) => name));
}

/** Whether a notice lacks something. */
export function isPartial({ missing }: LeakNotice): boolean {
  return missing.length > 0;
}
