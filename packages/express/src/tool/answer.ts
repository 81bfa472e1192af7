import { stateUnavailable } from "@garim/auth";
import { MASK_PROFILE } from "@garim/masking";
import { type KindSet, NO_KINDS, type Reason, type Refuse, refuse } from "@garim/policy";
import { accessOf, addressOf, type Deed } from "../answer/access.ts";
import { sendAnswer } from "../answer/answer.ts";
import { type Passage, refusePassage, sendUnlessOut, tookLong } from "../answer/passage.ts";
import type { GuardedRoute } from "../reveal/guarded-route.ts";
import { sumMasked } from "../reveal/masked-header.ts";
import type { Settings } from "../start/settings.ts";
import { judgeSchedules } from "../step-up/admission.ts";
import { requireTools, type ToolGround } from "./desk.ts";
import { type JudgedAnswer, type JudgedRecord, judgeAnswer } from "./judge-answer.ts";
import { owePurges } from "./purge.ts";
import { isOfRequests, retryAfter } from "./rate-limit.ts";
import { readyFor } from "./ready.ts";
import { toolHeaders } from "./refusal.ts";
import { createVerdicts, type SellerShare } from "./verdicts.ts";
import type { ToolVisitor } from "./visitor.ts";

/** Says how many records of an answer were left out, and why (a list of RFC 9651). */
const LEFT_OUT_HEADER = "Garim-Left-Out";

interface HandlerValue {
  readonly value: unknown;
  readonly status: number;
}

/** Judges, records and sends what a handler answered to a tool. */
export async function answerTool(
  passage: Passage,
  visitor: ToolVisitor,
  route: GuardedRoute,
  { value, status }: HandlerValue,
  settings: Settings,
): Promise<void> {
  const ground = requireTools(settings);
  await readyFor(visitor, ground);
  const judgedAt = performance.now();
  const at = settings.clock();
  const verdictOf = createVerdicts(visitor, at, ground.sources);
  const orders = visitor.asked?.orders ?? null;
  const judged = judgeAnswer(value, route.writer, { verdictOf, orders, now: at, policy: settings.policy });
  if (judged.kind === "refuse") return await refusePassage(passage, judged, settings);
  const found = judged.records.map((record) => record.found);
  const recorded = judged.records.map((record) => record.recorded);
  // At once, before anything is waited for: the handler may go on with its objects.
  const body = route.writer.write(
    judged.value,
    found,
    recorded.map(({ disclosure }) => disclosure),
  );
  const over = await findOverrun(passage, visitor, judged.records, ground);
  if (over !== undefined) return await refusePassage(over.passage, over.refusal, settings);
  await readyFor(visitor, ground);
  const end = findEnd(visitor, settings.clock(), ground) ?? (await judgeSchedules(route.schemas, settings));
  if (end !== undefined) return await refusePassage(passage, end, settings);
  const said = { ...sumMasked(found, { records: recorded }, route), ...sumLeftOut(judged.leftOut) };
  const answer = { status, contentType: "application/json; charset=utf-8", body, headers: said };
  ground.watch.answered(visitor, passage.req, judged.records);
  await sendUnlessOut(passage, settings, async () => {
    const ids = await recordShares(passage, visitor, judged, at, settings);
    await owePurges(ground.desk.purges, visitor.toolId, judged.records, at, settings.policy);
    if (tookLong(judgedAt)) await checkAgain(visitor, judged.records, route.schemas, settings);
    const headers = { ...answer.headers, ...marksOf(passage, ids[0] ?? "") };
    sendAnswer(passage.res, { ...answer, headers });
  });
}

/** Headers of an answer to a tool: its record, its name, and what is left of the budgets. */
export function marksOf({ tool }: Passage, recordId: string): Readonly<Record<string, string>> {
  return { "Garim-Record": recordId, ...toolHeaders(tool) };
}

/** An answer that a budget has no room for. */
export interface Overrun {
  /** With the wait it is told of. */
  readonly passage: Passage;
  readonly refusal: Refuse;
}

/** Counts an answer and its subjects. @returns what stands in its way, where that is more than a budget has room for */
export async function findOverrun(
  passage: Passage,
  visitor: ToolVisitor,
  records: readonly JudgedRecord[],
  { meters, watch }: ToolGround,
): Promise<Overrun | undefined> {
  const { req, tool } = passage;
  const over = await meters.spendSubjects(visitor, addressOf(req), records);
  if (over === undefined || tool === undefined) return undefined;
  const reason = isOfRequests(over) ? "budget-requests" : "budget-subjects";
  watch.alert(reason, visitor, req, over.budget.name);
  const headers = () => ({ ...tool.headers(), ...retryAfter(over) });
  return { passage: { ...passage, tool: { ...tool, headers } }, refusal: refuse(reason) };
}

/** A slow answer outlives neither its token, nor that token's key, nor the tool's registration. */
export function findEnd(visitor: ToolVisitor, now: number, ground: ToolGround): Refuse | undefined {
  const { token, toolId, tool } = visitor;
  const { desk } = ground;
  if (now >= token.expiresAt) return refuse("token-expired");
  if (!isStillLive(visitor, desk)) return refuse("token-revoked");
  const isSame = desk.tools.find(toolId)?.status === tool?.status;
  return isSame ? undefined : refuse("tool-suspended");
}

function isStillLive({ token, other }: ToolVisitor, { keys, issued }: ToolGround["desk"]): boolean {
  if (other !== null) return other.isLive();
  return keys.isLive(token.keyId) && !issued.isRevoked(token.id);
}

/**
 * Looks once more, where an answer took long to record, at everything it was judged by.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where something of it ended meanwhile, or is unknown: asked again, the tool is told
 */
export async function checkAgain(
  visitor: ToolVisitor,
  records: readonly JudgedRecord[],
  schemas: readonly string[],
  settings: Settings,
): Promise<void> {
  const ground = requireTools(settings);
  await readyFor(visitor, ground);
  const now = settings.clock();
  const verdictOf = createVerdicts(visitor, now, ground.sources);
  const isAsBefore = ({ share }: JudgedRecord): boolean => isSameShare(verdictOf(share.sellerId), share);
  const end = findEnd(visitor, now, ground) ?? (await judgeSchedules(schemas, settings));
  if (end === undefined && records.every(isAsBefore)) return;
  throw stateUnavailable(
    "A grant, the token or an entry of the registers ended while the answer to a tool was recorded, so it was not sent",
  );
}

function isSameShare(now: SellerShare | Refuse, { grant, kinds, states }: SellerShare): boolean {
  return (
    now.kind === "share" &&
    now.grant.id === grant.id &&
    now.kinds === kinds &&
    now.states.join() === states.join()
  );
}

/**
 * One access record for each seller whose lines are in the answer, so that each seller's auditor finds it, with the grant it was by; and
 * one for what was left out. All are durable before a byte leaves.
 */
export async function recordShares(
  passage: Passage,
  visitor: ToolVisitor,
  { records, leftOut }: Pick<JudgedAnswer, "records" | "leftOut">,
  at: number,
  settings: Settings,
): Promise<readonly string[]> {
  const { action, purpose = "" } = passage;
  const common = { at, action, purpose } as const;
  const groups = [...groupBySeller(records)];
  const shares = groups.map(([share, group]) => shareDeed(common, visitor, share, group));
  const rest: readonly Deed[] = leftOut.size === 0 ? [] : [leftOutDeed(common, leftOut)];
  const deeds = [...shares, ...rest];
  const all = deeds.length > 0 ? deeds : [{ ...common, outcome: "disclosed" } as const];
  const receipts = all.map((deed) => settings.log.append(accessOf(passage, deed, settings.policy)));
  const ids = (await Promise.all(receipts)).map(({ id }) => id);
  const { uses } = requireTools(settings);
  for (const [{ grant }, group] of groups) uses.note(grant, shownOf(group), purpose);
  return ids;
}

/** The kinds that were shown: what a tool never sees is proposed for removal from its grant. */
function shownOf(group: readonly JudgedRecord[]): KindSet {
  return group.reduce((kinds, { recorded }) => kinds | recorded.disclosure.clear, NO_KINDS);
}

type CommonDeed = Pick<Deed, "at" | "action"> & { readonly purpose: string };

function groupBySeller(records: readonly JudgedRecord[]): ReadonlyMap<SellerShare, readonly JudgedRecord[]> {
  const groups = new Map<SellerShare, JudgedRecord[]>();
  for (const record of records) {
    const group = groups.get(record.share);
    if (group === undefined) groups.set(record.share, [record]);
    else group.push(record);
  }
  return groups;
}

/** The states the grant covers stand beside: with them the decisions can be made again from the record alone. */
function shareDeed(
  common: CommonDeed,
  { toolId }: ToolVisitor,
  { sellerId, grant, kinds, states }: SellerShare,
  group: readonly JudgedRecord[],
): Deed {
  const records = group.map(({ recorded }) => recorded);
  return {
    ...common,
    outcome: "disclosed",
    actor: { kind: "tool", id: toolId, sellerId },
    grant: grant.id,
    detail: { states: states.join(" ") },
    disclosed: { surface: "tool", allowed: kinds, profile: MASK_PROFILE, records },
  };
}

function leftOutDeed(common: CommonDeed, leftOut: ReadonlyMap<Reason, number>): Deed {
  const [reason = "grant-missing"] = leftOut.keys();
  return { ...common, outcome: "refused", reason, detail: { leftOut: textOf(leftOut) } };
}

export function sumLeftOut(leftOut: ReadonlyMap<Reason, number>): Readonly<Record<string, string>> {
  return leftOut.size === 0 ? {} : { [LEFT_OUT_HEADER]: textOf(leftOut) };
}

function textOf(leftOut: ReadonlyMap<Reason, number>): string {
  return [...leftOut].map(([reason, count]) => `${reason};count=${count}`).join(", ");
}
