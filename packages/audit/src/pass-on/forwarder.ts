import type { GarimError } from "@garim/policy";
import type { LogEntry } from "../access.ts";
import { checkSinks } from "./check-sinks.ts";
import { SinkLane } from "./lane.ts";
import { FORWARD_DEFAULTS, type ForwardLimits } from "./limits.ts";
import type { RecordSink } from "./sink.ts";

export interface ForwarderOptions {
  readonly sinks: readonly RecordSink[];
  /**
   * Told once when a sink stops taking records, once when its first record is lost, and how many are lost, between which places of
   * the log, when it takes records again or the forwarder is closed. Then anew.
   */
  readonly onFault: (error: GarimError) => void;
  readonly limits?: Partial<ForwardLimits>;
}

/**
 * Passes durable records on to sinks. Each sink has its own queue and pace: one that hangs or fails neither holds up an append
 * nor another sink. At least once within a process: a record may come twice, and what waits when a process is killed is passed on
 * only by reading the log again.
 */
export class Forwarder {
  readonly #lanes: readonly SinkLane[];
  #closing: Promise<void> | undefined;

  /** @throws GarimError `ERR_GARIM_OPTION_INVALID` where a sink is none, or two share a name */
  constructor({ sinks, onFault, limits }: ForwarderOptions) {
    const all = { ...FORWARD_DEFAULTS, ...limits };
    const say = (error: GarimError): void => {
      try {
        onFault(error);
      } catch {
        // What a listener does with a fault is its own affair: it must not stop an append.
      }
    };
    this.#lanes = checkSinks(sinks).map((sink) => new SinkLane(sink, all, say));
  }

  /** Takes an entry that is durable. Returns at once, and never throws. */
  offer(entry: LogEntry): void {
    for (const lane of this.#lanes) lane.offer(entry);
  }

  /** Records that wait for the sink that is furthest behind. */
  get waiting(): number {
    return Math.max(0, ...this.#lanes.map((lane) => lane.waiting));
  }

  /** Waits, a bounded time, until the sinks have everything; what they do not have then is said. Then it closes them. */
  close(): Promise<void> {
    this.#closing ??= Promise.all(this.#lanes.map((lane) => lane.close())).then(() => undefined);
    return this.#closing;
  }
}
