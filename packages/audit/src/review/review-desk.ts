import { type Allow, decideReviewer, type Policy, type Refuse } from "@garim/policy";
import type { Access, Detail, Receipt, RecordedFile } from "../access.ts";
import { queryInvalid } from "../ask/filter.ts";
import type { LogDatabase } from "../database.ts";
import { type Asker, accessOfAsker } from "../desk/asker.ts";
import type { OnRecord } from "../desk/desk.ts";
import type { AccessLog } from "../log.ts";
import { readState, type WrittenAccount, writeAccount } from "./account.ts";
import { REVIEW_LIMITS, type ReviewLimits } from "./limits.ts";
import { type ReviewMonth, readReviewMonth } from "./month.ts";
import { findSeed } from "./seed.ts";
import type { ReviewBegun, ReviewState } from "./state.ts";

export interface ReviewOptions {
  readonly log: AccessLog;
  /** The log's database: the seed of the sample comes from its checkpoints. */
  readonly database: LogDatabase;
  /** Who reviews: an auditor, or one whom `reviewers` names. */
  readonly asker: Asker;
  readonly policy: Policy;
  /** Identifiers of reviewers who are no auditors: a privacy officer who logs in as something else. */
  readonly reviewers?: readonly string[];
  readonly limits?: Partial<ReviewLimits>;
  /** UTC milliseconds; the computer's clock unless given. */
  readonly clock?: () => number;
  readonly onProgress?: (read: number) => void;
  /** An account is read no further once it is aborted: its reason is thrown, and nothing is signed. */
  readonly signal?: AbortSignal;
}

/** What is found. */
export interface FindingInput {
  /** 1 to 1,000 characters; no personal data of a buyer. */
  readonly what: string;
  /** Who has to see to it: 1 to 256 characters. */
  readonly owner: string;
  /** The place of the record it is about. */
  readonly about?: number;
}

/** What is done about a finding. */
export interface FollowUpInput {
  /** The finding's name: the place of its record. */
  readonly finding: number;
  readonly what: string;
  readonly isClosed: boolean;
}

/** A review, or why the one who asked may not do it. Either is on record. */
export type ReviewDone = { readonly decision: Allow | Refuse; readonly record: Receipt };

/** A month's review as it can be shown. */
export interface ShownReview extends WrittenAccount {
  readonly state: ReviewState;
  /** Whether the account is, byte for byte, what was signed; `null` where nothing is signed. */
  readonly isAsSigned: boolean | null;
}

/**
 * Where the access records and downloads of a month are reviewed (점검). What is done is a record of its own; what is read is on
 * record before it is shown.
 *
 * Every method throws `ERR_GARIM_QUERY_INVALID` for what cannot be done, and otherwise as `AuditorDesk` does.
 *
 * @source notice-2026-9/8-2
 */
export interface ReviewDesk {
  /** Begins a month's review: fixes the sample. The month must be over. */
  begin(month: string): Promise<ReviewDone>;
  /** How far a month's review is, without its account: reads the records of reviews alone. */
  state(month: string): Promise<{ readonly state: ReviewState } & OnRecord>;
  /** What is to be looked at, what was sampled, what was found. Of a review that is signed, what was signed. */
  show(month: string): Promise<ShownReview>;
  /** Writes a finding down. Its name is the place of the record. */
  find(month: string, finding: FindingInput): Promise<ReviewDone>;
  /** Writes down what was done about one; also after the signature, and by whoever owns it. */
  follow(month: string, followUp: FollowUpInput): Promise<Receipt>;
  /** Signs the account off: by somebody who is not of the operating team. */
  sign(month: string): Promise<ReviewDone & { readonly file: RecordedFile | null }>;
}

/** @throws GarimError `ERR_GARIM_QUERY_INVALID` for one who may see one seller's records alone */
export function openReview(options: ReviewOptions): ReviewDesk {
  if (options.asker.within !== undefined)
    throw queryInvalid("A review is of the whole log; have it done by an auditor who may see all of it");
  return new Desk(options);
}

class Desk implements ReviewDesk {
  readonly #options: ReviewOptions;
  readonly #limits: ReviewLimits;
  readonly #clock: () => number;

  constructor(options: ReviewOptions) {
    this.#options = options;
    this.#limits = { ...REVIEW_LIMITS, ...options.limits };
    this.#clock = options.clock ?? Date.now;
  }

  async begin(name: string): Promise<ReviewDone> {
    const month = this.#month(name);
    const { begun } = await readState(this.#options.log, month);
    if (begun !== null) throw queryInvalid(`The review of ${name} has begun already, on record ${begun.seq}`);
    const { seed, size } = await findSeed(this.#options.database, month);
    return this.#judged(month, { step: "begun", month: name, seed, size });
  }

  async state(name: string): Promise<{ readonly state: ReviewState } & OnRecord> {
    const month = this.#month(name);
    const { log, asker } = this.#options;
    const detail = { verb: "review", month: name };
    const record = await log.append(accessOfAsker(asker, { action: "log-query", detail }, this.#clock()));
    return { state: await readState(log, month, record.seq), record };
  }

  async show(name: string): Promise<ShownReview> {
    const month = this.#month(name);
    const { log, asker } = this.#options;
    const state = await readState(log, month);
    const { signed } = state;
    const then = signed === null ? state : await readState(log, month, signed.until);
    const written = await this.#write(month, then, log.desk(asker));
    const isAsSigned = signed === null ? null : written.file.sha256 === signed.sha256;
    return { ...written, state, isAsSigned };
  }

  async find(name: string, { what, owner, about }: FindingInput): Promise<ReviewDone> {
    const month = this.#month(name);
    const { signed } = begunState(await readState(this.#options.log, month));
    if (signed !== null)
      throw queryInvalid(`The review of ${name} is signed; write it down as a finding of the month after`);
    if (about !== undefined && !(Number.isSafeInteger(about) && about > 0))
      throw queryInvalid("A finding is about the place of a record, a whole number from 1 on, or about none");
    return this.#judged(month, {
      step: "finding",
      month: name,
      what: checkText("what", what, 1_000),
      owner: checkText("owner", owner, 256),
      ...(about === undefined ? {} : { about }),
    });
  }

  async follow(name: string, { finding, what, isClosed }: FollowUpInput): Promise<Receipt> {
    const { findings } = begunState(await readState(this.#options.log, this.#month(name)));
    if (!findings.some(({ seq }) => seq === finding))
      throw queryInvalid(
        `The review of ${name} has no finding ${finding}; it has ${findings.map(({ seq }) => seq).join(", ") || "none"}`,
      );
    const state = isClosed ? "closed" : "open";
    const detail = { step: "follow-up", month: name, finding, what: checkText("what", what, 1_000), state };
    return this.#append(detail);
  }

  async sign(name: string): Promise<ReviewDone & { readonly file: RecordedFile | null }> {
    const month = this.#month(name);
    const { log, asker } = this.#options;
    const state = begunState(await readState(log, month));
    if (state.signed !== null)
      throw queryInvalid(`The review of ${name} is signed already, on record ${state.signed.seq}`);
    if (state.damaged.length > 0)
      throw queryInvalid(
        `Records of the review cannot be read (${state.damaged.join(", ")}); run garim verify, and do not sign before it is known why`,
      );
    const decision = await this.#judge(month);
    if (decision.kind === "refuse") return { ...(await this.#refused(name, "signed", decision)), file: null };
    const { seq: until } = await this.#append({ step: "read", month: name });
    const { file } = await this.#write(month, await readState(log, month, until), log.desk(asker));
    const open = state.findings.filter(({ isClosed }) => !isClosed).length;
    const record = await this.#append({ step: "signed", month: name, until, open }, { file });
    return { decision, record, file };
  }

  #month(name: string): ReviewMonth {
    return readReviewMonth(name, this.#clock());
  }

  #write(
    month: ReviewMonth,
    state: ReviewState,
    desk: ReturnType<AccessLog["desk"]>,
  ): Promise<WrittenAccount> {
    const { begun, findings } = begunState(state);
    const { onProgress, signal } = this.#options;
    return writeAccount(
      desk,
      month,
      { begun, findings },
      { limits: this.#limits, ...(onProgress && { onProgress }), ...(signal && { signal }) },
    );
  }

  /** Puts a step on record, or that the one who asked may not do it. */
  async #judged(month: ReviewMonth, detail: Detail & { readonly step: string }): Promise<ReviewDone> {
    const decision = await this.#judge(month);
    if (decision.kind === "refuse") return this.#refused(month.month, detail.step, decision);
    return { decision, record: await this.#append(detail) };
  }

  async #refused(month: string, step: string, decision: Refuse): Promise<ReviewDone> {
    const { reason } = decision;
    return { decision, record: await this.#append({ step, month }, { outcome: "refused", reason }) };
  }

  /**
   * Whether the one who asks may review a month: an auditor, or a named reviewer, who did nothing in it as one who operates the
   * marketplace.
   *
   * @source notice-2026-9/8-2
   */
  async #judge({ from, to }: ReviewMonth): Promise<Allow | Refuse> {
    const { log, asker, policy, reviewers = [] } = this.#options;
    const { kind, id } = asker.actor;
    const isReviewer = kind === "auditor" || reviewers.includes(id);
    let isOperating = !isReviewer || kind === "operator";
    for (const operating of OPERATING) {
      if (isOperating) break;
      const { entries, damaged } = await log.find({ actor: id, kind: operating, from, to }, { limit: 1 });
      isOperating = entries.length + damaged.length > 0;
    }
    return decideReviewer({ isOperating }, policy);
  }

  #append(detail: Detail, more: Partial<Access> = {}): Promise<Receipt> {
    const { log, asker, policy } = this.#options;
    const recorded = { edition: policy.edition.id, overrides: { ...policy.overrides } };
    const access = accessOfAsker({ policy: recorded, ...asker }, { action: "review", detail }, this.#clock());
    return log.append({ ...access, ...more });
  }
}

/** Kinds of actors of the operating team. */
const OPERATING = ["operator", "courier", "system"] as const;

function begunState(state: ReviewState): ReviewState & { readonly begun: ReviewBegun } {
  const { begun } = state;
  if (begun === null)
    throw queryInvalid(`The review of ${state.month} has not begun; write garim review begin ${state.month}`);
  return { ...state, begun };
}

function checkText(name: string, text: string, most: number): string {
  if (typeof text === "string" && text.trim() !== "" && text.length <= most) return text.trim();
  throw queryInvalid(`A review's ${name} must be a text of 1 to ${most} characters`);
}
