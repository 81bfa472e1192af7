import {
  type Disclosure,
  decideDisclosure,
  isGarimError,
  type Policy,
  type PolicyOptions,
  resolvePolicy,
} from "@garim/policy";
import type { LoggedAccess } from "../access.ts";
import { isObserved } from "../observe/observed.ts";
import { decodeRecord } from "../record/decode.ts";
import type { Difference, Replayed, Unknown } from "./range.ts";

/** A record's bytes and its place. */
export interface Replayable {
  readonly seq: number;
  readonly body: Uint8Array;
  /** 32 hex digits each. */
  readonly subjects: readonly string[];
}

/** Enough to see what is wrong; how many there are is counted all the same. */
const MOST = 1_000;

/**
 * Makes every decision of these records again, from nothing but the bytes that are proven and the edition they name.
 */
export function replayAll(records: Iterable<Replayable>): Replayed {
  const policies = new Map<string, Policy | undefined>();
  const differences: Difference[] = [];
  const unknown: Unknown[] = [];
  let decisions = 0;
  let observed = 0;
  for (const { seq, body, subjects } of records) {
    const access = readAccess(body, subjects);
    if (access === undefined || access.records.length === 0) continue;
    const policy = policyOf(access, policies);
    if (policy === undefined) {
      if (unknown.length < MOST) unknown.push({ seq, edition: access.policy.edition });
      continue;
    }
    decisions += access.records.length;
    if (isObserved(access)) observed += access.records.length;
    if (differences.length < MOST) differences.push(...replayOne(seq, access, policy));
  }
  return { decisions, observed, differences, unknown };
}

/** What cannot be read is damage, which others say. */
function readAccess(body: Uint8Array, subjects: readonly string[]): LoggedAccess | undefined {
  try {
    return decodeRecord(body, subjects).access;
  } catch (error) {
    if (isGarimError(error)) return undefined;
    throw error;
  }
}

/** `undefined` for an edition nobody here knows, or numbers it does not take. */
function policyOf({ policy }: LoggedAccess, known: Map<string, Policy | undefined>): Policy | undefined {
  const name = JSON.stringify(policy);
  if (!known.has(name)) known.set(name, tryResolve({ edition: policy.edition, ...policy.overrides }));
  return known.get(name);
}

function tryResolve(options: PolicyOptions): Policy | undefined {
  try {
    return resolvePolicy(options);
  } catch (error) {
    if (isGarimError(error)) return undefined;
    throw error;
  }
}

function replayOne(seq: number, access: LoggedAccess, policy: Policy): readonly Difference[] {
  const { surface, allowed, factor, at } = access;
  const states = surface === "tool" ? { states: statesOf(access) } : {};
  const differences: Difference[] = [];
  for (const [i, { lines, disclosure }] of access.records.entries()) {
    const facts = { lines, surface, allowed, secondFactorAt: factor?.at ?? null, ...states };
    const again = describe(decideDisclosure(facts as Parameters<typeof decideDisclosure>[0], at, policy));
    const recorded = describe(disclosure);
    if (again !== recorded) differences.push({ seq, record: i + 1, recorded, recomputed: again });
  }
  return differences;
}

/** The states of a line that the tool's grant covered, as they stand in the record: `open claim`. */
function statesOf({ detail }: LoggedAccess): readonly string[] {
  const states = detail?.["states"];
  return typeof states === "string" ? states.split(" ") : [];
}

/** All of a decision, for people and to compare. */
function describe(disclosure: Disclosure): string {
  const { kind, clear, reason, source, obligations } = disclosure;
  const rest = disclosure.kind === "reveal" ? ` rest=${disclosure.restReason} until=${disclosure.until}` : "";
  return `${kind} clear=${clear} reason=${reason} source=${source} obligations=${[...obligations].join("+")}${rest}`;
}
