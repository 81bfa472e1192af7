import type { Answer, Command } from "./command.ts";
import { LocalSealer } from "./local-sealer.ts";
import type { SealSpec } from "./seal-spec.ts";
import { WorkerSealer } from "./worker-sealer.ts";

/** Where a file is made. Commands are obeyed one after the other, in the order in which they came. */
export interface Sealer {
  run(command: Command): Promise<Answer>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

/** A sealer in a thread of its own; where this package is not built, in this one. */
export function openSealer(spec: SealSpec): Sealer {
  return WorkerSealer.isPossible ? new WorkerSealer(spec) : new LocalSealer(spec);
}
