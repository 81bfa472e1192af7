import { isGarimError } from "@garim/policy";

/** What is needed of a span of OpenTelemetry. */
export interface TraceSpan {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

/** What is needed of a tracer: `trace.getTracer("garim")` of `@opentelemetry/api` fits as it is. */
export interface SpanTracer {
  startSpan(name: string, options?: { attributes?: Record<string, string | number> }): TraceSpan;
}

/** Attributes of each span. None is of a person, no route has a value in it. */
export const SPANS: Readonly<Record<SpanName, readonly SpanAttribute[]>> = Object.freeze({
  "garim.record": ["garim.action", "garim.outcome", "garim.reason", "garim.records", "error.type"],
  "garim.state": ["garim.store", "garim.operation", "error.type"],
});

export type SpanName = "garim.record" | "garim.state";

export type SpanAttribute =
  | "garim.action"
  | "garim.outcome"
  | "garim.reason"
  | "garim.records"
  | "garim.store"
  | "garim.operation"
  | "error.type";

export type SpanAttributes = Partial<Record<Exclude<SpanAttribute, "error.type">, string | number | null>>;

/** `SpanStatusCode.ERROR` of OpenTelemetry. */
const STATUS_ERROR = 2;

/** Runs something within a span of its own, whose parent is whatever the host's tracing has at the moment. */
export function inSpan<T>(
  tracer: SpanTracer | undefined,
  name: SpanName,
  attributes: SpanAttributes,
  run: () => Promise<T>,
): Promise<T> {
  return tracer === undefined ? run() : traced(startSpan(tracer, name, attributes), run);
}

async function traced<T>(span: TraceSpan | undefined, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    span?.setAttribute("error.type", isGarimError(error) ? error.code : "error");
    span?.setStatus({ code: STATUS_ERROR });
    throw error;
  } finally {
    span?.end();
  }
}

/** A tracer that throws must not keep anything from being recorded. */
function startSpan(tracer: SpanTracer, name: SpanName, given: SpanAttributes): TraceSpan | undefined {
  const known = SPANS[name].flatMap((key) => {
    const value = key === "error.type" ? null : given[key];
    return value === null || value === undefined ? [] : [[key, value] as const];
  });
  try {
    return shielded(tracer.startSpan(name, { attributes: Object.fromEntries(known) }));
  } catch {
    return undefined;
  }
}

function shielded(span: TraceSpan): TraceSpan {
  const quietly = (work: () => unknown): void => {
    try {
      work();
    } catch {
      // What a tracer does with a span is its own affair.
    }
  };
  return {
    setAttribute: (name, value) => quietly(() => span.setAttribute(name, value)),
    setStatus: (status) => quietly(() => span.setStatus(status)),
    end: () => quietly(() => span.end()),
  };
}
