import type { ToolGround } from "./desk.ts";
import type { ToolVisitor } from "./visitor.ts";

/**
 * Resolves where what is known of grants, tools and the token may be used: at once, or after asking. A request that begins with it waits
 * where it would fail.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`
 */
export async function readyFor({ other }: ToolVisitor, { recognition }: ToolGround): Promise<void> {
  await other?.renew();
  await recognition.follower.ready();
}
