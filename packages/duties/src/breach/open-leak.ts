import { randomUUID } from "node:crypto";
import type { FoundScope } from "@garim/audit";
import { KIND_WORDS } from "@garim/policy";
import { type Keeper, nameOf } from "../on-record.ts";
import type { FiledLeak, LeakFound, LeakInput } from "./leak.ts";
import type { LeakGround } from "./leak-book.ts";
import { readLeak } from "./leak-check.ts";
import type { Leaks } from "./leaks.ts";

const BLANK = { gathered: null, steps: {}, checks: {}, notices: [], post: null, closed: null } as const;

/** Puts leaks on file. */
export function createOpening({ book, clock }: LeakGround): Pick<Leaks, "open" | "openFound"> {
  async function put(
    given: LeakInput,
    more: Pick<FiledLeak, "found" | "contents">,
    keeper: Keeper,
  ): Promise<FiledLeak> {
    const now = clock();
    const opened = { id: randomUUID(), openedAt: now, openedBy: nameOf(keeper) };
    const leak: FiledLeak = { ...readLeak(given, now), ...opened, ...BLANK, ...more };
    const { kind, knownAt, scope } = leak;
    const since = { kind, knownAt: new Date(knownAt).toISOString(), ...(scope === null ? {} : { scope }) };
    return await book.add(leak, since, keeper);
  }

  return {
    open: (given, keeper) => put(given, { found: null, contents: {} }, keeper),
    openFound(found, { title, kind, knownAt, facts = {} }, keeper) {
      const { people, isWhole } = found.scope;
      const subjects = isWhole ? people.most : null;
      const given = { title, kind, knownAt, facts: { ...facts, subjects }, scope: found.file.sha256 };
      const shown = foundOf(found);
      return put(given as LeakInput, { found: shown, contents: contentsOf(shown) }, keeper);
    },
  };
}

/** What of a scope stays with the leak: nobody's pseudonym. */
export function foundOf({ scope, record }: FoundScope): LeakFound {
  const { filter, people, answers, records, kinds, schemas, first, last, isWhole } = scope;
  return {
    record: record.id,
    filter,
    people,
    answers,
    records,
    kinds,
    schemas: schemas.map(({ schema }) => schema),
    firstAt: first?.at ?? null,
    lastAt: last?.at ?? null,
    isWhole,
  };
}

/** What leaked is all the log can say of the seven; of how it came to it, it knows nothing. @source pipa/34-1 */
function contentsOf({ kinds, isWhole }: LeakFound): FiledLeak["contents"] {
  if (!isWhole || kinds.length === 0) return {};
  const say = (language: "ko" | "en"): string => kinds.map((kind) => KIND_WORDS[kind][language]).join(", ");
  return { items: `${say("ko")} (${say("en")})` };
}
