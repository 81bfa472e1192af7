import { GarimError } from "@garim/policy";
import type { RecordSink } from "./sink.ts";

/** @throws GarimError `ERR_GARIM_OPTION_INVALID` where a sink is none, or two share a name */
export function checkSinks(sinks: readonly RecordSink[]): readonly RecordSink[] {
  if (!Array.isArray(sinks)) throw invalid("a list of sinks; write sinks: [fileSink(path)]");
  for (const sink of sinks)
    if (typeof sink?.send !== "function" || typeof sink.name !== "string" || sink.name === "")
      throw invalid("sinks with a name and a function send; write { name, send: async (records) => … }");
  if (new Set(sinks.map(({ name }) => name)).size < sinks.length)
    throw invalid("sinks of different names; give one of them another name");
  return sinks;
}

function invalid(wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `createAccessLog: sinks must be ${wanted}`);
}
