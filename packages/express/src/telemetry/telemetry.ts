import type { AccessLog, RecordLine } from "@garim/audit";
import type { StateStore } from "@garim/auth";
import { isGarimError } from "@garim/policy";
import { Registry } from "./registry.ts";
import { inSpan, type SpanTracer } from "./tracer.ts";

/** What one Garim tells of itself: numbers and spans, and nothing of a person. */
export interface Telemetry {
  readonly numbers: Registry;
  /** Counts a durable record. */
  recorded(line: RecordLine): void;
  /** Counts an answer of 503. */
  unavailable(error: unknown): void;
  /** The same log, whose appends are spans, and whose refusals of nobody known are counted. */
  watchLog(log: AccessLog): AccessLog;
  /** The same store, whose questions are measured. @param store - how it is called in numbers: `session` or `durable` */
  watchState(state: StateStore, store: "session" | "durable"): StateStore;
}

export function createTelemetry(tracer?: SpanTracer): Telemetry {
  const numbers = new Registry();
  return {
    numbers,
    recorded: (line) => countRecord(numbers, line),
    unavailable: (error) =>
      numbers.count("garim_unavailable_total", { code: isGarimError(error) ? error.code : "other" }),
    watchLog: (log) => watchLog(log, numbers, tracer),
    watchState: (state, store) => watchState(state, store, numbers, tracer),
  };
}

function countRecord(numbers: Registry, line: RecordLine): void {
  const { action, outcome, reason, durableMs, lines } = line;
  numbers.count("garim_records_total", { action, outcome });
  numbers.observe("garim_record_seconds", durableMs / 1_000);
  if (lines > 0) numbers.count("garim_disclosed_lines_total", {}, lines);
  // A record of many refusals was counted when they came.
  if (outcome === "refused" && line.count === undefined)
    numbers.count("garim_refusals_total", { reason: reason ?? "other" });
}

function watchLog(log: AccessLog, numbers: Registry, tracer: SpanTracer | undefined): AccessLog {
  return {
    append: (access) => {
      const { action, outcome, reason, records } = access;
      const attributes = {
        "garim.action": action,
        "garim.outcome": outcome,
        "garim.reason": reason,
        "garim.records": records.length,
      };
      return inSpan(tracer, "garim.record", attributes, () => log.append(access));
    },
    countRefusal: (refusal) => {
      numbers.count("garim_refusals_total", { reason: refusal.reason });
      log.countRefusal(refusal);
    },
    find: (filter, page) => log.find(filter, page),
    walk: (filter) => log.walk(filter),
    count: (filter, before) => log.count(filter, before),
    within: (scope) => log.within(scope),
    desk: (asker) => log.desk(asker),
    health: () => log.health(),
    close: () => log.close(),
  };
}

function watchState(
  state: StateStore,
  store: "session" | "durable",
  numbers: Registry,
  tracer: SpanTracer | undefined,
): StateStore {
  async function measured<T>(operation: string, ask: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await inSpan(tracer, "garim.state", { "garim.store": store, "garim.operation": operation }, ask);
    } catch (error) {
      numbers.count("garim_state_failures_total", { store });
      throw error;
    } finally {
      numbers.observe("garim_state_seconds", (performance.now() - startedAt) / 1_000, { store, operation });
    }
  }
  return {
    read: (key) => measured("read", () => state.read(key)),
    write: (key, value, expected, expiresAt) =>
      measured("write", () => state.write(key, value, expected, expiresAt)),
    remove: (key, expected) => measured("remove", () => state.remove(key, expected)),
    ...(state.mark === undefined
      ? {}
      : {
          mark: (key: string, expiresAt: number, madeAt: number) =>
            measured("mark", async () => {
              const mark = (await state.mark?.(key, expiresAt, madeAt)) ?? "unsure";
              if (mark === "unsure") numbers.count("garim_marks_unsure_total", { store });
              return mark;
            }),
        }),
  };
}
