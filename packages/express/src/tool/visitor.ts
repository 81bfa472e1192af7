import type { OrderPii, RegisteredTool, SentToken, VerifiedToken } from "@garim/auth";
import type { Refuse } from "@garim/policy";
import type { OtherToken } from "./other-token.ts";

/** A tool (셀러툴) whose token's signature and life are right. */
export interface ToolVisitor {
  readonly kind: "tool";
  /** Names the request, for whoever asks the marketplace about it. */
  readonly trace: string;
  readonly toolId: string;
  readonly token: VerifiedToken;
  /** Where another issuer made it; `null` for a token of the token server. */
  readonly other: OtherToken | null;
  /** `null` where the register does not know it. */
  readonly tool: RegisteredTool | null;
  /** What the token was issued for; `null` where that is no buyers' data. */
  readonly asked: OrderPii | null;
  /** Thumbprint of the key or certificate that the token is bound to: the tool's own. */
  readonly senderKey: string;
  /** Whether it was issued, and came from whom it was issued to: else somebody else may have sent it. */
  readonly isProven: boolean;
  /** Why it gets nothing, whatever the route. */
  readonly refusal: Refuse | null;
}

/** How a tool's request came. */
export interface ToolRequest {
  /** As {@link ToolVisitor.trace}. */
  readonly trace: string;
  readonly sent: SentToken;
}
