import type { Request } from "express";
import { accessOfServer, addressOf, type Deed } from "../answer/access.ts";
import { describeError } from "../logger.ts";
import type { Ground } from "../start/settings.ts";
import type { JudgedRecord } from "./judge-answer.ts";
import type { ToolAlert, ToolAlertKind, ToolOptions } from "./options.ts";
import { remember } from "./remember.ts";
import { createSequences } from "./sequences.ts";
import type { ToolVisitor } from "./visitor.ts";

/** Looks for who helps themselves, puts it on record and tells the host. Nobody who is looked at learns of it. */
export interface ToolWatch {
  /** Told again after a minute, or where something else is to say. @returns whether it was told now */
  alert(kind: ToolAlertKind, visitor: ToolVisitor, req: Request, what: string, sellerId?: string): boolean;
  /** Looks at what a request asks for by name. */
  asked(visitor: ToolVisitor, req: Request): void;
  /** Looks at what is about to be answered. */
  answered(visitor: ToolVisitor, req: Request, records: readonly JudgedRecord[]): void;
}

const PAUSE_MS = 60_000;
const MOST_TOLD = 10_000;

export function createWatch(
  { isCanary = () => false, onAlert }: Pick<ToolOptions, "isCanary" | "onAlert">,
  ground: Ground,
): ToolWatch {
  const { clock, logger } = ground;
  const told = new Map<string, number>();
  const sequences = createSequences();

  function isNews(name: string, at: number): boolean {
    const before = told.get(name);
    if (before !== undefined && at >= before && at - before < PAUSE_MS) return false;
    remember(told, name, at, MOST_TOLD);
    return true;
  }

  function alert(
    kind: ToolAlertKind,
    visitor: ToolVisitor,
    req: Request,
    what: string,
    sellerId: string | null = null,
  ): boolean {
    const at = clock();
    const { toolId, token } = visitor;
    if (!isNews(JSON.stringify([kind, toolId, what]), at)) return false;
    const ip = addressOf(req);
    logger.warn({ alert: kind, toolId, what }, "garim: a tool does what tools do not do");
    append(ground, { kind, at, toolId, sellerId, ip, keyId: token.keyId, what }, visitor.trace);
    tell({ kind, at, toolId, sellerId, ip, keyId: token.keyId, what });
    return true;
  }

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
    asked(visitor, req) {
      const name = sequences.note(visitor.toolId, Object.values(req.params));
      if (name !== undefined) alert("sequential-ids", visitor, req, req.route?.path ?? "");
    },
    answered(visitor, req, records) {
      for (const { line, share } of records)
        if (line !== null && isCanary(line, share.sellerId) === true)
          alert("canary-read", visitor, req, line, share.sellerId);
    },
  };
}

function append({ log, logger, policy }: Ground, alert: ToolAlert, trace: string): void {
  const { kind: reason, at, toolId, sellerId, ip, keyId, what } = alert;
  const deed: Deed = { at, action: "signal", outcome: "done", reason, key: keyId, detail: { what, trace } };
  log
    .append(accessOfServer({ kind: "tool", id: toolId, sellerId }, null, deed, policy, ip))
    .catch((error) => logger.error(describeError(error), "garim: a tool's alert is not on record"));
}
