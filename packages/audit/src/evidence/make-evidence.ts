import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { GarimError, isGarimError, type Policy, type PolicyNumbers, SOURCES } from "@garim/policy";
import type { Receipt, RecordedFile } from "../access.ts";
import { readFilter } from "../ask/filter.ts";
import type { LogDatabase } from "../database.ts";
import type { AuditorDesk } from "../desk/desk.ts";
import type { RowSink } from "../export/sink.ts";
import { proveRecord } from "../prove/prove-record.ts";
import { findSeed, type ReviewSeed } from "../review/seed.ts";
import type { Verdict } from "../verify/verdict.ts";
import type { CopyVerdict, Evidence, ProvenSample, RuleInForce } from "./evidence.ts";
import { EvidenceTally, type Sampled } from "./evidence-tally.ts";
import { writeEvidencePage } from "./page.ts";
import { EVIDENCE_RULES, type EvidenceRule } from "./rules.ts";
import { findSealedEnd } from "./sealed-end.ts";

export interface EvidenceOptions {
  readonly desk: AuditorDesk;
  /** The log's database: proofs and the seed of the sample come from its tree. */
  readonly database: LogDatabase;
  /** In force now. */
  readonly policy: Policy;
  /** Recorded then or later, UTC milliseconds. */
  readonly from: number;
  /** Recorded before then. */
  readonly to: number;
  /** Verifies the whole log, as `verifyLog` does, or against several copies. Without it the folder says that nobody did. */
  readonly verify?: () => Promise<Verdict | readonly CopyVerdict[]>;
  /** Records that are sampled and proven; 20 unless given (ours). */
  readonly samples?: number;
  /** What else belongs in the folder, by its name: `flows` is laid down as `registers/flows.json`. Letters, digits and hyphens. */
  readonly registers?: Readonly<Record<string, unknown>>;
  /** Whole pages of HTML that belong in it, by their names: `plan` is laid down as `registers/plan.html`. */
  readonly pages?: Readonly<Record<string, string>>;
  /** UTC milliseconds; the computer's clock unless given. */
  readonly clock?: () => number;
  /** Told each thousand records. */
  readonly onProgress?: (read: number) => void;
}

/** A folder of evidence, and what it stands on. */
export interface MadeEvidence {
  readonly evidence: Evidence;
  /** What each file holds, by its path in the folder. `manifest.json` has the SHA-256 of all others. */
  readonly files: ReadonlyMap<string, string>;
  /** The manifest's hash. */
  readonly file: RecordedFile;
  /** The record that says the folder was made, with that hash. */
  readonly record: Receipt;
}

const SAMPLES = 20;
const TOLD_EACH = 1_000;

/**
 * Makes a folder for the regulator: each rule and what keeps it, the configuration that was in force, counts by month, reviews,
 * samples with proofs that are checked offline, the result of verifying the log, a page in Korean. The question is on record before
 * the log is read, and the hash of the manifest before the folder is handed out.
 *
 * @throws GarimError as `AuditorDesk` does; and what `verify` throws
 * @source notice-2026-9/8-2, pipa/29
 */
export async function makeEvidence(options: EvidenceOptions): Promise<MadeEvidence> {
  const { desk, database, from, to, samples = SAMPLES, onProgress } = options;
  const filter = readFilter({ from, to });
  const seed = await findSeed(database, { month: `${from} ${to}`, to });
  const tally = new EvidenceTally(seed.seed, samples, await findSealedEnd(database));
  let read = 0;
  let made: Pick<MadeEvidence, "evidence" | "files"> | undefined;
  const sink: RowSink = {
    format: "evidence",
    write: async (found) => {
      tally.add(found);
      if (++read % TOLD_EACH === 0) onProgress?.(read);
    },
    finish: async () => {
      made = await layFolder(options, tally, seed);
      return fileOf(made.files.get(MANIFEST) ?? "");
    },
    release: async () => undefined,
    discard: async () => undefined,
  };
  const { file, record } = await desk.export({ verb: "evidence", filter }, sink);
  return { ...(made ?? (await layFolder(options, tally, seed))), file, record };
}

const MANIFEST = "manifest.json";

async function layFolder(
  { database, policy, from, to, verify, registers = {}, pages = {}, clock = Date.now }: EvidenceOptions,
  tally: EvidenceTally,
  seed: ReviewSeed,
): Promise<Pick<MadeEvidence, "evidence" | "files">> {
  const verdicts = verify === undefined ? [] : copiesOf(await verify());
  const files = new Map<string, string>();
  const samples = await proveAll(database, tally.sampled(), files);
  const rules = EVIDENCE_RULES.map((one) => ruleInForce(one, policy));
  const evidence: Evidence = {
    from,
    to,
    madeAt: clock(),
    rules,
    ...tally.report(),
    seed,
    samples,
    verdict: worstOf(verdicts),
    verdicts,
  };
  const { policies, changes, months, reviews, damaged } = evidence;
  const parts: Readonly<Record<string, unknown>> = {
    "rules.json": rules,
    "configuration.json": { policies, changes },
    "counts.json": { months, damaged },
    "reviews.json": reviews,
    "samples.json": { seed, samples },
    "verification.json": verificationOf(verdicts),
  };
  for (const [name, part] of Object.entries(parts)) files.set(name, toJson(part));
  for (const [name, part] of Object.entries(registers)) files.set(pathOf(name, "json"), toJson(part));
  for (const [name, text] of Object.entries(pages)) files.set(pathOf(name, "html"), text);
  files.set("index.html", writeEvidencePage(evidence, [...files.keys()]));
  const listed = [...files].map(([path, content]) => ({ path, ...fileOf(content) }));
  files.set(
    MANIFEST,
    toJson({ format: "garim/evidence/v1", from, to, madeAt: evidence.madeAt, files: listed }),
  );
  return { evidence, files };
}

function copiesOf(verified: Verdict | readonly CopyVerdict[]): readonly CopyVerdict[] {
  return "isIntact" in verified ? [{ place: null, verdict: verified }] : verified;
}

function worstOf(verdicts: readonly CopyVerdict[]): Verdict | null {
  return (verdicts.find(({ verdict }) => !verdict.isIntact) ?? verdicts[0])?.verdict ?? null;
}

/** One is a document of its own, and several are a list, as `garim verify --json` has them. */
function verificationOf(verdicts: readonly CopyVerdict[]): unknown {
  const [first, ...others] = verdicts;
  if (first === undefined) return null;
  if (others.length === 0) return first.verdict;
  return { places: verdicts.map(({ place, verdict }) => ({ place, ...verdict })) };
}

/** A register's name is the host's: none leads out of the folder. */
function pathOf(name: string, form: "json" | "html"): string {
  if (/^[a-z\d-]{1,40}$/.test(name)) return `registers/${name}.${form}`;
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    "A register of evidence needs a name of 1 to 40 small letters, digits and hyphens; write registers: { flows: … }",
  );
}

/** Proves the sampled records, oldest first, and adds the bundles to the files. */
async function proveAll(
  database: LogDatabase,
  sampled: readonly Sampled[],
  files: Map<string, string>,
): Promise<readonly ProvenSample[]> {
  const samples: ProvenSample[] = [];
  for (const one of sampled.toSorted((a, b) => a.seq - b.seq)) {
    const bundle = `samples/${one.seq}.json`;
    try {
      files.set(bundle, toJson(await proveRecord(database, { record: one.seq })));
      samples.push({ ...one, bundle, why: null });
    } catch (error) {
      // A record that no checkpoint covers yet, or one that was changed: either must be seen.
      if (!isGarimError(error)) throw error;
      samples.push({ ...one, bundle: null, why: error.message });
    }
  }
  return samples;
}

function ruleInForce({ rule, sources, keptBy }: EvidenceRule, policy: Policy): RuleInForce {
  const names = Object.keys(policy.edition.numbers) as (keyof PolicyNumbers)[];
  const numbers = names
    .map((name) => ({ name, entry: policy.edition.numbers[name] }))
    .filter(({ entry }) => sources.includes(entry.source))
    .map(({ name, entry: { default: byDefault, least, most, number } }) => ({
      name,
      value: policy[name],
      default: byDefault,
      least,
      most,
      basis: number,
    }));
  return { rule, sources: sources.map((id) => ({ id, ...SOURCES[id] })), keptBy, numbers };
}

function fileOf(content: string): RecordedFile {
  const bytes = Buffer.from(content, "utf8");
  return { sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length };
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
