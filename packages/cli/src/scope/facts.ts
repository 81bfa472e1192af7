import { readFile } from "node:fs/promises";
import type { SaidFacts, ScopeFilter } from "@garim/audit";
import type { LeakSaid } from "@garim/duties";
import { LEAK_KINDS, NOTICE_CONTENTS, type NoticeContent } from "@garim/policy";
import { readCommandMoment } from "../ask/moment.ts";
import { inputInvalid } from "../input-error.ts";
import type { Answer, ScopeCommandOptions } from "./command.ts";

/** What was misused, as a filter. */
export function filterOf(options: ScopeCommandOptions): ScopeFilter {
  const { key, tool, staff, operator, session, ip, seller, from, to } = options;
  const said = {
    key,
    session,
    ip,
    seller,
    ...(tool === undefined ? {} : { kind: "tool" as const, actor: tool }),
    ...(staff === undefined ? {} : { kind: "staff" as const, actor: staff }),
    ...(operator === undefined ? {} : { kind: "operator" as const, actor: operator }),
    from: from === undefined ? undefined : readCommandMoment("--from", from),
    to: to === undefined ? undefined : readCommandMoment("--to", to),
  };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  if (given.length > 0) return Object.fromEntries(given);
  throw inputInvalid(
    "A scope must say what was misused; write --key, --tool, --staff, --operator, --session, --ip, --seller, --from or --to",
  );
}

/** What the operator says of the leak; `undefined` where nothing says when it became known. */
export function saidFactsOf(options: ScopeCommandOptions): SaidFacts | undefined {
  const { knownAt, possible, uniqueIds, sensitive, outside, intrusion, contactsMissing, draft } = options;
  if (knownAt === undefined) {
    if (draft === undefined) return undefined;
    throw inputInvalid("A draft tells until when; write --known-at, the moment the leak became known");
  }
  return {
    knownAt: readCommandMoment("--known-at", knownAt),
    isPossibleOnly: possible === true,
    hasUniqueIds: answered(uniqueIds),
    hasSensitive: answered(sensitive),
    isOutsideAccess: answered(outside),
    isIntrusion: answered(intrusion),
    lacksContacts: answered(contactsMissing),
  };
}

/** The leak that is to be opened; `undefined` where none is. */
export function leakSaidOf(
  { openLeak: title, leakKind }: ScopeCommandOptions,
  said: SaidFacts | undefined,
): LeakSaid | undefined {
  if (title === undefined) return undefined;
  const kind = LEAK_KINDS.find((one) => one === leakKind);
  if (said === undefined || kind === undefined)
    throw inputInvalid(
      `A leak has clocks and a check list; write --known-at, the moment it became known, and --leak-kind (${LEAK_KINDS.join(", ")})`,
    );
  const { knownAt, doneAt: _, ...facts } = said;
  return { title, kind, knownAt, facts };
}

function answered(answer: Answer | undefined): boolean | null {
  return answer === undefined ? null : answer === "yes";
}

/** Reads the contents that people wrote. @throws GarimError `ERR_GARIM_INPUT_INVALID` */
export async function readContents(
  path: string | undefined,
): Promise<Readonly<Partial<Record<NoticeContent, string>>>> {
  if (path === undefined) return {};
  const value = parse(await readText(path));
  const isRead =
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(
      ([name, text]) => NOTICE_CONTENTS.some((one) => one === name) && typeof text === "string",
    );
  if (isRead) return value;
  throw inputInvalid(
    `${path} must be a JSON object of texts with any of these names: ${NOTICE_CONTENTS.join(", ")}`,
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code = "unknown error" } = cause as NodeJS.ErrnoException;
    throw inputInvalid(`${path} cannot be read (${code}); give --contents a JSON file`, cause);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}
