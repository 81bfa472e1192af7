import { randomUUID } from "node:crypto";
import { GarimError, isGarimError } from "@garim/policy";
import type { LogDatabase } from "../database.ts";
import type { TreeNode } from "../merkle/subtree.ts";
import { Frontier, frontierNodes } from "../merkle/tree.ts";
import { formatCheckpoint, openCheckpoint } from "../note/checkpoint.ts";
import { signNote } from "../note/open.ts";
import { parseVerifierKey } from "../note/verifier-key.ts";
import type { SealOptions } from "../options.ts";
import { batchLeaf } from "./batch-leaf.ts";
import { isTreeFault, type PlaceStatus, PlaceWriter } from "./place-writer.ts";
import { TreeStore } from "./tree-store.ts";

export interface SealerOptions extends SealOptions {
  readonly database: LogDatabase;
  /** UTC milliseconds. */
  readonly clock: () => number;
  readonly onFault: (error: GarimError) => void;
}

/** How sealing is doing, as this node knows. */
export interface SealStatus {
  /** Whether the last try did not fail; also where another node seals. */
  readonly isSealing: boolean;
  readonly places: readonly PlaceStatus[];
}

const TICK_MS = 1_000;
/** Without anything new a checkpoint says that the log is alive, and how long it is still. */
const IDLE_MS = 60_000;
/** A sealer that died is followed after so long. */
const LEASE_SECONDS = 5;
const MAX_BATCHES = 10_000;

/**
 * Seals the log: puts new batches into the tree and signs it, each second while records come and once a minute otherwise. Of all
 * nodes one does, by a lease in the database.
 *
 * @source RFC 9162 section 2.1, C2SP tlog-checkpoint
 */
export class Sealer {
  readonly #options: SealerOptions;
  readonly #store: TreeStore;
  readonly #writers: readonly PlaceWriter[];
  readonly #node = randomUUID();
  readonly #timer: NodeJS.Timeout;
  #frontier: Frontier | undefined;
  #sealedAt = Number.NEGATIVE_INFINITY;
  #sealing: Promise<void> | undefined;
  #isFaulty = false;

  constructor(options: SealerOptions) {
    this.#options = options;
    const { database, places, clock } = options;
    const store = new TreeStore(database);
    const checkNote = (note: string): Promise<number> => this.#checkNote(note);
    const onFault = (error: GarimError): void => this.#onPlaceFault(error);
    this.#store = store;
    this.#writers = places.map((place) => new PlaceWriter({ place, store, checkNote, clock, onFault }));
    this.#timer = setInterval(() => void this.seal(), TICK_MS).unref();
  }

  get status(): SealStatus {
    return { isSealing: !this.#isFaulty, places: this.#writers.map(({ status }) => status) };
  }

  /** Seals what there is, where this node has the lease. Never throws: what is wrong is told once, until it is right again. */
  seal(): Promise<void> {
    this.#sealing ??= this.#attempt().finally(() => {
      this.#sealing = undefined;
    });
    return this.#sealing;
  }

  /** Seals what there is a last time, brings it to the places and gives the lease away. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sealing;
    this.#sealedAt = Number.NEGATIVE_INFINITY;
    await this.seal();
    // Twice: the first may be the end of an earlier write.
    for (const _ of ["earlier", "last"]) await Promise.all(this.#writers.map((writer) => writer.flush()));
    await this.#store.lead(this.#node, 0).catch(() => undefined);
  }

  async #attempt(): Promise<void> {
    try {
      await this.#sealNow();
      this.#isFaulty = false;
    } catch (error) {
      this.#frontier = undefined;
      if (!this.#isFaulty) this.#options.onFault(isGarimError(error) ? error : sealFault(error));
      this.#isFaulty = true;
    }
  }

  /** A copy that tells another story stops the sealing: the tree is taken up anew, which looks at every place. */
  #onPlaceFault(error: GarimError): void {
    if (isTreeFault(error)) this.#frontier = undefined;
    this.#options.onFault(error);
  }

  async #sealNow(): Promise<void> {
    const size = await this.#store.lead(this.#node, LEASE_SECONDS);
    if (size === undefined) {
      this.#frontier = undefined;
      return;
    }
    if (this.#frontier?.size !== size) this.#frontier = await this.#takeUp(size);
    const nodes = await this.#grow(this.#frontier);
    const at = this.#options.clock();
    if (this.#frontier.size === size && at - this.#sealedAt < IDLE_MS) return;
    await this.#sign(this.#frontier, size, nodes, at);
  }

  /** The tree as another node left it; it must be the one that the places know. */
  async #takeUp(size: number): Promise<Frontier> {
    const frontier = Frontier.of(size, await this.#store.nodes(frontierNodes(size)));
    this.#frontier = frontier;
    for (const writer of this.#writers) await writer.look().catch(tolerateOutage);
    return frontier;
  }

  async #grow(frontier: Frontier): Promise<readonly TreeNode[]> {
    const batches = await this.#store.batchesAfter(frontier.size, MAX_BATCHES);
    return batches.flatMap((batch) => {
      if (batch.no !== frontier.size + 1) throw notThisTree(`batch ${frontier.size + 1} is missing`);
      return frontier.append(batchLeaf(batch));
    });
  }

  async #sign(frontier: Frontier, oldSize: number, nodes: readonly TreeNode[], at: number): Promise<void> {
    const { origin, signers } = this.#options;
    const extensions = [`at ${new Date(at).toISOString()}`];
    const text = formatCheckpoint({ origin, size: frontier.size, root: frontier.root(), extensions });
    const note = Buffer.from(await signNote(text, signers.all())).toString("utf8");
    const seal = { oldSize, newSize: frontier.size, nodes, at, note };
    if (!(await this.#store.seal(this.#node, seal))) {
      this.#frontier = undefined;
      return;
    }
    this.#sealedAt = at;
    for (const writer of this.#writers) writer.offer({ size: frontier.size, note });
  }

  /** Shows that a note is of this very tree: signed by us, not longer than it, with the root that it had then. */
  async #checkNote(note: string): Promise<number> {
    const { origin, signers } = this.#options;
    const keys = signers.all().map((signer) => parseVerifierKey(signer.verifierKey));
    const { size, root } = openCheckpoint(Buffer.from(note), keys, origin).checkpoint;
    if (size > (this.#frontier?.size ?? 0)) throw notThisTree(`it ends before batch ${size}`);
    const then = Frontier.of(size, await this.#store.nodes(frontierNodes(size)));
    if (Buffer.compare(then.root(), root) !== 0) throw notThisTree(`it was another one at batch ${size}`);
    return size;
  }
}

/** A place that cannot be reached now is asked again before it is written. */
function tolerateOutage(error: unknown): void {
  if (isTreeFault(error)) throw error;
}

function notThisTree(seen: string): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `The access log in the database is not the one that was signed: ${seen}. Nothing is signed until this is cleared; run garim verify against the copy outside the database, and restore what it names`,
  );
}

function sealFault(error: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_LOG_UNAVAILABLE",
    "The access log cannot be sealed (see cause); records go on, but what came since the last checkpoint is not proved. Check the database and the signing key",
    error,
  );
}
