import type { Request } from "express";
import { accessOfServer, addressOf, type Deed } from "../answer/access.ts";
import { describeError } from "../logger.ts";
import type { Ground } from "../start/settings.ts";
import { OFF_HOURS } from "./defaults.ts";
import type { JudgedRecord } from "./judge-answer.ts";
import { createOffHours } from "./off-hours.ts";
import type { ToolAlert, ToolAlertKind, ToolOptions } from "./options.ts";
import { remember } from "./remember.ts";
import { createSequences } from "./sequences.ts";
import type { ToolVisitor } from "./visitor.ts";

/** Looks for who helps themselves, puts it on record and tells the host. Nobody who is looked at learns of it. */
export interface ToolWatch {
  /** Told again after a minute, or where something else is to say. @returns whether it was told now */
  alert(kind: ToolAlertKind, visitor: ToolVisitor, req: Request, what: string, sellerId?: string): boolean;
  /** The same, of a request that did not come with a token. */
  raise(kind: ToolAlertKind, suspect: Suspect, what: string, sellerId?: string | null): boolean;
  /** Looks at what a request asks for by name. */
  asked(visitor: ToolVisitor, req: Request): void;
  /** Looks at what is about to be answered. */
  answered(visitor: ToolVisitor, req: Request, records: readonly JudgedRecord[]): void;
}

/** Whom an alert is about. */
export interface Suspect extends Pick<ToolAlert, "toolId" | "ip" | "keyId"> {
  readonly trace: string;
}

const PAUSE_MS = 60_000;
const MOST_TOLD = 10_000;

export function createWatch(
  { isCanary = () => false, onAlert, offHours }: Pick<ToolOptions, "isCanary" | "onAlert" | "offHours">,
  ground: Ground,
): ToolWatch {
  const { clock, logger, telemetry, board } = ground;
  const told = new Map<string, number>();
  const sequences = createSequences();
  const hours = offHours === false ? false : { ...OFF_HOURS, ...offHours };
  const nights = createOffHours(hours);

  function isNews(name: string, at: number): boolean {
    const before = told.get(name);
    if (before !== undefined && at >= before && at - before < PAUSE_MS) return false;
    remember(told, name, at, MOST_TOLD);
    return true;
  }

  const raise: ToolWatch["raise"] = (kind, { trace, ...suspect }, what, sellerId = null) => {
    const at = clock();
    const { toolId } = suspect;
    if (!isNews(JSON.stringify([kind, toolId, what]), at)) return false;
    logger.warn({ alert: kind, toolId, what }, "garim: a tool does what tools do not do");
    append(ground, { kind, at, sellerId, what, ...suspect }, trace);
    tell({ kind, at, sellerId, what, ...suspect });
    telemetry.numbers.count("garim_tool_alerts_total", { kind });
    board.happened("tool-misuse");
    return true;
  };

  const alert: ToolWatch["alert"] = (kind, { toolId, token: { keyId }, trace }, req, what, sellerId) =>
    raise(kind, { toolId, keyId, trace, ip: addressOf(req) }, what, sellerId);

  function tell(event: ToolAlert): void {
    try {
      Promise.resolve(onAlert?.(event)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  function failed(error: unknown): void {
    logger.error(describeError(error), "garim: tools.onAlert failed");
  }

  return {
    alert,
    raise,
    asked(visitor, req) {
      const name = sequences.note(visitor.toolId, Object.values(req.params));
      if (name !== undefined) alert("sequential-ids", visitor, req, req.route?.path ?? "");
    },
    answered(visitor, req, records) {
      if (hours !== false && nights.note(visitor.toolId, records, clock()))
        alert("off-hours", visitor, req, `${hours.subjects} subjects from ${hours.from} to ${hours.to} h`);
      for (const { line, share } of records)
        if (line !== null && isCanary(line, share.sellerId) === true)
          alert("canary-read", visitor, req, line, share.sellerId);
    },
  };
}

function append({ log, logger, policy }: Ground, alert: ToolAlert, trace: string): void {
  const { kind: reason, at, toolId, sellerId, ip, keyId, what } = alert;
  const key = keyId === null ? {} : { key: keyId };
  const deed: Deed = { at, action: "signal", outcome: "done", reason, detail: { what, trace }, ...key };
  log
    .append(accessOfServer({ kind: "tool", id: toolId, sellerId }, null, deed, policy, ip))
    .catch((error) => logger.error(describeError(error), "garim: a tool's alert is not on record"));
}
