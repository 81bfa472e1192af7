import { hash, randomBytes } from "node:crypto";
import type { LedgerStep } from "@garim/auth";
import { type ArtifactDatabase, ask, type Row, stateUnavailable } from "./database.ts";
import * as sql from "./sql.ts";

/** What an authorization server keeps between two requests. `Proof` is what was used once: assertions and DPoP proofs. */
export type ArtifactKind =
  | "AuthorizationCode"
  | "RefreshToken"
  | "PushedAuthorizationRequest"
  | "Interaction"
  | "Grant"
  | "Proof";

/** An artifact as it was written. */
export interface Artifact {
  readonly value: Readonly<Record<string, unknown>>;
  readonly isConsumed: boolean;
  /** Made at the first writing, known to nobody outside: what a successor's id is derived from. */
  readonly seed: string;
}

export interface NewArtifact {
  readonly value: Readonly<Record<string, unknown>>;
  /** UTC milliseconds, exclusive. */
  readonly expiresAt: number;
  /** The family it is revoked with. */
  readonly grantId?: string;
  /** The artifact it comes after, by id. */
  readonly predecessor?: string;
}

export interface ArtifactName {
  readonly kind: ArtifactKind;
  readonly id: string;
}

export interface CreatedAndFound {
  readonly isCreated: boolean;
  readonly found: Artifact | undefined;
  /** Of the family what was found belongs to; `undefined` where there is none. */
  readonly grant: Artifact | undefined;
}

/** What a token is issued on. */
export interface IssueGround {
  /** The proof it is bound by, where that was not written down before. */
  readonly proof: ProofName | null;
  /** The family it belongs to. */
  readonly grantId: string | null;
}

export interface ProofName {
  readonly id: string;
  /** UTC milliseconds, exclusive. */
  readonly expiresAt: number;
}

/**
 * Where codes, requests and refresh tokens live. Each method is one statement, so what is found consumed was consumed by one of any
 * number of requests and nodes. Rejects with GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the database cannot answer.
 */
export interface Artifacts {
  /** `undefined` where there is none, or at or past its expiry. */
  find(kind: ArtifactKind, id: string): Promise<Artifact | undefined>;
  /** Writes, or writes anew. What was consumed stays so. */
  write(kind: ArtifactKind, id: string, artifact: NewArtifact): Promise<void>;
  /** @returns whether it was written: of any number at once, one is */
  create(kind: ArtifactKind, id: string, artifact: NewArtifact): Promise<boolean>;
  /**
   * {@link create} and {@link find} in one question, and the grant of what was found: what a renewal begins with. It is found whether or
   * not the other was written.
   */
  createAndFind(
    kind: ArtifactKind,
    id: string,
    artifact: NewArtifact,
    other: ArtifactName,
  ): Promise<CreatedAndFound>;
  /**
   * What the ledger of tokens asks in the statement that takes a token: whether the proof comes for the first time, which is written down,
   * and whether the family's grant is there, which stays until then. Its conditions in this order, of what there is; `null` for neither.
   */
  ledgerStep(ground: IssueGround): Promise<LedgerStep | null>;
  /** @returns whether it was consumed by this call: of any number at once, one is */
  consume(kind: ArtifactKind, id: string): Promise<boolean>;
  /** Consumes what an artifact came after. */
  consumePredecessor(kind: ArtifactKind, id: string): Promise<void>;
  remove(kind: ArtifactKind, id: string): Promise<void>;
  /** Removes everything of a grant. */
  removeFamily(grantId: string): Promise<void>;
}

/** How often expired rows are deleted, and how many at a time. No timer keeps the process alive. */
const SWEEP_MS = 10_000;
const SWEEP_ROWS = 1_000;

/** Artifacts in PostgreSQL (15 to 18) or PGlite, in the table garim.oauth_artifact. Any number of nodes share it. */
export function createArtifacts(database: ArtifactDatabase, clock: () => number): Artifacts {
  let sweptAt = Number.NEGATIVE_INFINITY;
  const isDone = async (text: string, values: readonly unknown[]): Promise<boolean> =>
    (await ask(database, text, values))["done"] === 1;

  async function sweepNowAndThen(): Promise<void> {
    const now = clock();
    if (now >= sweptAt && now - sweptAt < SWEEP_MS) return;
    sweptAt = now;
    // What was asked for is stored already; a sweep that fails is made up for by a later one.
    await ask(database, sql.SWEEP, [now, SWEEP_ROWS]).catch(() => undefined);
  }

  async function put(
    text: string,
    { kind, id }: ArtifactName,
    artifact: NewArtifact,
    more: readonly unknown[] = [],
  ): Promise<Row> {
    const { grantId = null, predecessor, expiresAt } = artifact;
    const before = predecessor === undefined ? null : nameOf(kind, predecessor);
    const name = nameOf(kind, id);
    const value = bind(kind, name, artifact.value);
    const columns = [kind, name, value, grantId, before, makeSeed(), expiresAt];
    const row = await ask(database, text, [...columns, ...more]);
    await sweepNowAndThen();
    return row;
  }

  return {
    async find(kind, id) {
      const name = nameOf(kind, id);
      const { value, seed, consumed_at } = await ask(database, sql.FIND, [kind, name, clock()]);
      return readArtifact(kind, name, [value, seed, consumed_at]);
    },
    write: async (kind, id, artifact) => void (await put(sql.WRITE, { kind, id }, artifact)),
    create: async (kind, id, artifact) => (await put(sql.CREATE, { kind, id }, artifact))["done"] === 1,
    async createAndFind(kind, id, artifact, other) {
      const name = nameOf(other.kind, other.id);
      const row = await put(sql.CREATE_AND_FIND, { kind, id }, artifact, [other.kind, name, clock()]);
      const { done, value, seed, consumed_at, family_value, family_seed, family_consumed_at } = row;
      const found = readArtifact(other.kind, name, [value, seed, consumed_at]);
      const grantId = found?.value["grantId"];
      const family = [family_value, family_seed, family_consumed_at] as const;
      const grant =
        typeof grantId === "string" ? readArtifact("Grant", nameOf("Grant", grantId), family) : undefined;
      return { isCreated: done === 1, found, grant };
    },
    async ledgerStep({ proof, grantId }) {
      await sweepNowAndThen();
      const parts: LedgerStep[] = [];
      if (proof !== null) parts.push(proofStep(proof));
      if (grantId !== null) parts.push(familyStep(grantId, 7 + 4 * parts.length, clock()));
      return parts.length === 0 ? null : joinSteps(parts);
    },
    consume: (kind, id) => isDone(sql.CONSUME, [kind, nameOf(kind, id), clock()]),
    async consumePredecessor(kind, id) {
      await ask(database, sql.CONSUME_PREDECESSOR, [kind, nameOf(kind, id), clock()]);
    },
    remove: async (kind, id) => void (await ask(database, sql.REMOVE, [kind, nameOf(kind, id)])),
    removeFamily: async (grantId) => void (await ask(database, sql.REMOVE_FAMILY, [grantId])),
  };
}

function proofStep({ id, expiresAt }: ProofName): LedgerStep {
  const name = nameOf("Proof", id);
  const values = [name, bind("Proof", name, {}), makeSeed(), expiresAt];
  return { queries: sql.PROOF_QUERY, conditions: [sql.PROOF_IS_FIRST], values };
}

/** @param place - of its first parameter */
function familyStep(grantId: string, place: number, now: number): LedgerStep {
  const values = [nameOf("Grant", grantId), now];
  return { queries: sql.familyQuery(place), conditions: [sql.FAMILY_IS_THERE], values };
}

function joinSteps(steps: readonly LedgerStep[]): LedgerStep {
  return {
    queries: steps.map(({ queries }) => queries).join(","),
    conditions: steps.flatMap(({ conditions }) => conditions),
    values: steps.flatMap(({ values }) => values),
  };
}

function makeSeed(): string {
  return randomBytes(32).toString("base64url");
}

function readArtifact(
  kind: ArtifactKind,
  name: string,
  [value, seed, consumedAt]: readonly [value: unknown, seed: unknown, consumedAt: unknown],
): Artifact | undefined {
  if (typeof value !== "string") return undefined;
  return { value: unbind(kind, name, value), seed: String(seed), isConsumed: consumedAt !== null };
}

/** What stands in the table for an id: a code or refresh token cannot be got back from it. */
function nameOf(kind: ArtifactKind, id: string): string {
  return hash("sha256", `${kind}:${id}`, "base64url");
}

/** A value names its own key, so that it is recognised wherever it turns up. */
function bind(kind: ArtifactKind, name: string, value: object): string {
  return JSON.stringify({ kind, name, value });
}

function unbind(kind: ArtifactKind, name: string, text: string): Readonly<Record<string, unknown>> {
  const bound = JSON.parse(text) as { kind: unknown; name: unknown; value: Record<string, unknown> };
  if (bound.kind === kind && bound.name === name) return bound.value;
  throw stateUnavailable(
    "The database answered with the value of another key, so it was not used. Restart this node's database connections, and report the client library.",
  );
}
