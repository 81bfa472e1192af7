import type { CopyReader } from "./copy.ts";
import { type Damage, type Destroyed, isOfRecord } from "./damage.ts";
import type { Difference, Unknown } from "./range.ts";
import type { StoredTree } from "./stored-tree.ts";

/** What stands, and what does not. */
export interface Verdict {
  readonly isIntact: boolean;
  /** The first record that is wrong, or what else is wrong where no record is; `null` where nothing is. */
  readonly first: Damage | null;
  /** Records first, by place; then the tree in the database, and the copy. */
  readonly damages: readonly Damage[];
  /** More of them than are listed. */
  readonly unlisted: number;
  readonly proven: {
    /** Records that are, byte for byte, what was recorded. */
    readonly records: number;
    /** The last place that a checkpoint outside covers, and its moment in UTC milliseconds; `null` where none does. */
    readonly until: { readonly place: number; readonly moment: number | null } | null;
  };
  /** The last place that the checkpoint which was given covers: up to there nothing was read again. 0 unless one was given. */
  readonly knownUntil: number;
  /** Records after the last checkpoint: whole in themselves, and not yet proven. */
  readonly unsealed: { readonly first: number; readonly last: number } | null;
  readonly destroyed: readonly Destroyed[];
  /** `null` unless asked for. */
  readonly replay: {
    readonly decisions: number;
    /** Those of them that were made and not enforced (`dangerouslyObserve`): the host's own answer left. */
    readonly observed: number;
    readonly differences: readonly Difference[];
    readonly unknown: readonly Unknown[];
  } | null;
  /** Bytes of records that were hashed. */
  readonly bytes: number;
}

/** What a verdict is made of. */
export interface Evidence {
  readonly copy: Pick<CopyReader, "checkpoint" | "damages">;
  readonly stored: Pick<StoredTree, "fork" | "newest" | "damages">;
  /** Damages of records. */
  readonly records: readonly Damage[];
  /** The last place that is under a checkpoint. */
  readonly last: number;
}

const MOST_LISTED = 1_000;
/** A copy may be so far behind: three times the longest that a place waits by itself (ours). */
const LAG_MS = 180_000;
const OF_FORKS: readonly Damage["kind"][] = ["changed", "missing", "inserted", "truncated"];

/** Everything that is wrong, the first bad record first. */
export function judge(evidence: Evidence): Pick<Verdict, "isIntact" | "first" | "damages" | "unlisted"> {
  const { copy, stored, records } = evidence;
  const all = joinFork([...records, ...stored.damages, ...copy.damages, ...judgeCopy(evidence)], evidence);
  const damages = all.toSorted(byWeight);
  return {
    isIntact: damages.length === 0,
    first: damages[0] ?? null,
    damages: damages.slice(0, MOST_LISTED),
    unlisted: Math.max(0, damages.length - MOST_LISTED),
  };
}

/** Where the database knows of checkpoints that the copy has not, somebody cut the copy off, or it takes nothing any more. */
function judgeCopy({ copy: { checkpoint }, stored: { newest }, last }: Evidence): readonly Damage[] {
  const say = (what: string): readonly Damage[] => [{ kind: "copy", seq: last + 1, last: last + 1, what }];
  if (checkpoint === undefined)
    return say("the copy holds no checkpoint that a trusted key signed: nothing is proven");
  const lagMs = (newest.at ?? 0) - (checkpoint.at ?? 0);
  if (newest.size <= checkpoint.size || lagMs <= LAG_MS) return [];
  return say(
    `the copy ends with the checkpoint over ${checkpoint.size} batches, and the database has one over ${newest.size} that was signed ${Math.round(lagMs / 60_000)} minutes later: the copy was cut off, or the place takes nothing any more`,
  );
}

/** Two histories that were both signed: from where they part, what is in the database is the other one. */
function joinFork(damages: readonly Damage[], { stored: { fork }, last }: Evidence): readonly Damage[] {
  if (fork === undefined) return damages;
  const isPart = ({ kind, seq }: Damage): boolean => OF_FORKS.includes(kind) && seq >= fork.first;
  const parts = damages.filter(isPart).toSorted((a, b) => a.seq - b.seq);
  const [first] = parts;
  const forked: Damage = {
    kind: "forked",
    seq: first?.seq ?? fork.first,
    last: Math.max(last, ...parts.slice(-1).map((part) => part.last)),
    ...(first?.id === undefined ? {} : { id: first.id }),
    what: `from here on the database has another history, and a trusted key signed it too (over ${fork.size} batches)`,
  };
  return [forked, ...damages.filter((damage) => !isPart(damage))];
}

/** Records first, then what stands around them. */
function byWeight(one: Damage, other: Damage): number {
  return Number(isOfRecord(other)) - Number(isOfRecord(one)) || one.seq - other.seq;
}
