import { randomUUID } from "node:crypto";
import {
  type DayVolume,
  type DownloadVolumeFacts,
  decideAction,
  decideDownload,
  decideDownloadVolume,
  type KindSet,
  kindsOfRoles,
  type Refuse,
  refuse,
  type StaffIdentity,
} from "@garim/policy";
import { checkPassword } from "@garim/workbook";
import { nameOnRecord } from "../answer/access.ts";
import { languageOf } from "../answer/language.ts";
import { refusePassage } from "../answer/passage.ts";
import type { WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import { judgeDuties, judgeFactor, judgeSchedules } from "../step-up/admission.ts";
import { type Ask, forgetPassword, narrowingOf, readAsk } from "./ask.ts";
import { dayOf } from "./day.ts";
import { keepForApproval } from "./large.ts";
import { judgeWay } from "./leaving.ts";
import type { DownloadAsked } from "./ledger/entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { refuseWith } from "./refusal.ts";
import type { DownloadRoute } from "./route.ts";

/** A request for a file that may be made, once the handler has handed over its rows. */
export interface AdmittedAsk {
  readonly kind: "admitted";
  readonly passage: WorkerPassage;
  readonly route: DownloadRoute;
  readonly ask: Ask;
  readonly allowed: KindSet;
  readonly asked: DownloadAsked;
  readonly ledger: Ledger;
}

/**
 * Judges whether a file may be made of what is asked for: by whom, how fresh their proof is, what for, which fields, how many rows.
 *
 * @returns nothing where it was refused and answered already
 * @source notice-2026-9/7-5, notice-2026-9/12, code-2022/second-factor, garim/download
 */
export async function admitAsk(
  passage: WorkerPassage,
  route: DownloadRoute,
  settings: Settings,
): Promise<AdmittedAsk | Refuse | undefined> {
  const { visitor, req } = passage;
  const { policy } = settings;
  const { identity } = visitor;
  if (identity.kind !== "staff") return refuse("role-lacks-action", policy.edition);
  const role = decideAction(identity.roles, "download", policy);
  if (role.kind === "refuse") return role;
  const due = await judgeFactor(visitor, "download", settings);
  if (due !== undefined) return due;
  const duty =
    (await judgeDuties(visitor, settings)) ?? (await judgeSchedules([route.schema.name], settings));
  if (duty !== undefined) return duty;
  if (route.asksPersonal(req.query) || route.asksPersonal(narrowingOf(req)))
    return refuse("search-personal", policy.edition);
  const ask = readAsk(req, route);
  forgetPassword(req);
  if ("kind" in ask) return await refuseWith(passage, ask, { names: ask.names }, settings);
  const way = await judgeWay(identity.sellerId, route, ask.purpose, settings);
  if (way !== undefined) return way;
  const told: WorkerPassage = { ...passage, purpose: ask.why };
  const problems = problemsOf(ask, identity, languageOf(req));
  if (problems.length > 0)
    return await refuseWith(told, refuse("download-password-weak"), { problems }, settings);
  return await admitSize(told, route, ask, identity, settings);
}

async function admitSize(
  passage: WorkerPassage,
  route: DownloadRoute,
  ask: Ask,
  identity: StaffIdentity,
  settings: Settings,
): Promise<AdmittedAsk | Refuse | undefined> {
  const { policy, clock } = settings;
  const { session } = passage.visitor;
  const expected = await countRows(passage, route);
  const { secondFactor, deviceSince, networkSince } = session;
  const facts = {
    purpose: ask.why,
    kinds: ask.kinds,
    allowed: kindsOfRoles(identity.roles, policy),
    rows: expected,
  };
  const proof = { secondFactorAt: secondFactor?.at ?? null, deviceSince, networkSince };
  const decided = decideDownload({ ...facts, ...proof }, clock(), policy);
  if (decided.kind === "refuse") {
    // Not as a bare reason: a stale proof leads to the page that renews it.
    const isBulk = expected === null || expected > policy.bulkRows;
    await refusePassage({ ...passage, isBulk }, decided, settings);
    return undefined;
  }
  if (expected !== null && expected > route.maxRows)
    return await refuseWith(passage, refuse("download-too-large"), {}, settings);
  const ledger = await settings.downloads.ledger();
  // What nobody fetched does not count, and a file whose node is gone holds nobody up.
  await settings.downloads.sweep();
  const asked = askedOf(passage, route, ask, expected, clock());
  const admitted: AdmittedAsk = {
    kind: "admitted",
    passage,
    route,
    ask,
    allowed: decided.kinds,
    asked,
    ledger,
  };
  if (ask.approval !== null) return admitted;
  const volume = await ledger.volume(asked, dayOf(asked.askedAt));
  const within = decideDownloadVolume(withRows(volume, expected ?? 0), policy);
  return within.kind === "allow" ? admitted : await keepForApproval(admitted, settings);
}

/** A host that cannot count says `null`; anything that is no count is none. */
async function countRows({ req }: WorkerPassage, { options }: DownloadRoute): Promise<number | null> {
  const count = (await options.count?.(req)) ?? null;
  return Number.isSafeInteger(count) && Number(count) >= 0 ? count : null;
}

/** Data subjects are counted once there are rows: a file with too many ends then, and waits for consent. */
function withRows({ staff, seller }: DownloadVolumeFacts, rows: number): DownloadVolumeFacts {
  const add = (one: DayVolume): DayVolume => ({ ...one, rows: one.rows + rows });
  return { staff: add(staff), seller: add(seller) };
}

function problemsOf(
  { password, format }: Ask,
  { staffId, sellerId }: StaffIdentity,
  language: "ko" | "en",
): readonly { readonly code: string; readonly detail: string }[] {
  const { problems } = checkPassword(password, [staffId, sellerId], format);
  return problems.map(({ code, words }) => ({ code, detail: words[language] }));
}

function askedOf(
  { visitor, route: pattern }: WorkerPassage,
  { schema }: DownloadRoute,
  ask: Ask,
  expected: number | null,
  askedAt: number,
): DownloadAsked {
  const { worker } = visitor.session;
  const { purpose, why, fields, filter, format, hash, approval } = ask;
  return {
    id: approval ?? randomUUID(),
    seller: String(worker.sellerId),
    staff: worker.id,
    session: nameOnRecord(visitor.session),
    route: pattern,
    schema: schema.name,
    purpose,
    why,
    fields,
    filter,
    format,
    ask: hash,
    expected,
    askedAt,
  };
}
