import { type Refuse, refuse } from "@garim/policy";
import type { Passage } from "../answer/passage.ts";
import type { Settings } from "../start/settings.ts";
import { rememberCaller } from "./caller.ts";
import { readyFor } from "./ready.ts";
import { judgeScope } from "./scope.ts";
import type { ToolVisitor } from "./visitor.ts";

/** Judges whether a tool's request may reach the handler; nothing stands in the way when undefined. */
export async function admitTool(
  { req }: Passage,
  visitor: ToolVisitor,
  { tools: scope, purpose }: { readonly tools: string | null; readonly purpose: string | null },
  { tools: ground, clock }: Settings,
): Promise<Refuse | undefined> {
  if (scope === null || ground === null) return refuse("tool-not-here");
  const refusal = judgeScope(visitor, { scope, purpose });
  if (refusal !== undefined) return refusal;
  ground.watch.asked(visitor, req);
  await readyFor(visitor, ground);
  rememberCaller(req, visitor, clock, ground.sources);
  return undefined;
}
