import { CLAIM_REASONS, CLAIM_TYPES, type ClaimReason, type ClaimType, LINE_STATES } from "./line.ts";
import type { LineFilter } from "./lines.ts";
import { POST_KINDS, type PostKind } from "./posts.ts";
import { RequestError } from "./request-error.ts";

const PAGE_SIZE = 20;

/** A claim as a form sends it. */
export interface ClaimForm {
  readonly line: string;
  readonly type: ClaimType;
  readonly reason: ClaimReason;
}

/** Reads what a list is asked for: `page`, `size` (at most 100), `state`, `type` (of a claim) and `orderNo`. */
export function readFilter(query: unknown): LineFilter {
  const { page, size, state, type, orderNo } = membersOf(query);
  return {
    page: readCount(page, 1, 10_000),
    size: readCount(size, PAGE_SIZE, 100),
    state: readOneOf(state, LINE_STATES),
    claim: readOneOf(type, CLAIM_TYPES),
    orderNo: orderNo === undefined || orderNo === "" ? undefined : readText(orderNo, 40),
  };
}

/** Reads a claim; `line` is the id of its order line. */
export function readClaim(body: unknown): ClaimForm {
  const { line, type, reason } = membersOf(body);
  const known = { type: readOneOf(type, CLAIM_TYPES), reason: readOneOf(reason, CLAIM_REASONS) };
  if (known.type === undefined || known.reason === undefined)
    throw new RequestError(400, "A claim needs a type and a reason");
  return { line: readText(line, 64), type: known.type, reason: known.reason };
}

/** Reads a review or a question of up to `most` characters; `line` is the id of its order line. */
export function readPost(
  body: unknown,
  most: number,
): { readonly line: string; readonly kind: PostKind; readonly text: string } {
  const { line, kind, text } = membersOf(body);
  const known = readOneOf(kind, POST_KINDS);
  if (known === undefined) throw new RequestError(400, `A post is one of ${POST_KINDS.join(", ")}`);
  return { line: readText(line, 64), kind: known, text: readText(text, most) };
}

/** The members of an object that came from outside; none where it is something else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Reads a text of 1 to `most` characters. */
export function readText(value: unknown, most: number): string {
  if (typeof value === "string" && value.length > 0 && value.length <= most) return value;
  throw new RequestError(400, `A text of 1 to ${most} characters is needed`);
}

function readCount(value: unknown, otherwise: number, most: number): number {
  if (value === undefined) return otherwise;
  const count = typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (count >= 1 && count <= most) return count;
  throw new RequestError(400, `A whole number from 1 to ${most} is needed`);
}

function readOneOf<Known extends string>(value: unknown, known: readonly Known[]): Known | undefined {
  if (value === undefined || value === "") return undefined;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new RequestError(400, `One of ${known.join(", ")} is needed`);
  return found;
}
