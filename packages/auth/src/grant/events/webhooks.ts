import { randomBytes } from "node:crypto";
import { openSecret, type SealedSecret, type SecretKeys, sealSecret } from "../../factor/sealed-secret.ts";
import type { StateDatabase } from "../../state/database.ts";
import type { Worker } from "../../worker.ts";
import { type RecordChange, toolChange } from "../change.ts";
import type { Follower } from "../follower.ts";
import { openMirror } from "../mirror.ts";
import type { Tools } from "../tool.ts";
import type { ToolEvent } from "./event.ts";
import type { PostPort } from "./post.ts";
import { signWebhook, writeWebhookSecret } from "./webhook.ts";

export interface WebhooksOptions {
  readonly database: StateDatabase;
  readonly follower: Follower;
  readonly tools: Tools;
  readonly keys: SecretKeys;
  readonly record: RecordChange;
  readonly clock: () => number;
  readonly post: PostPort;
}

/** Where tools hear of events. */
export interface Webhooks {
  /** Whether a tool has a secret to sign with: without one nothing is posted. */
  has(toolId: string): boolean;
  /** Makes a secret in place of the one before; `null` where there is no such tool. */
  makeSecret(toolId: string, by: Worker | null): Promise<string | null>;
  /** Posts an event. Rejects where it was not taken. */
  tell(event: ToolEvent): Promise<void>;
}

const SECRET_BYTES = 32;
/** A webhook that takes no more posts. */
const GONE = 410;

/** Opens the webhooks of a deployment. */
export async function openWebhooks(options: WebhooksOptions): Promise<Webhooks> {
  const { database, follower, tools, keys, record, clock, post } = options;
  const secrets = await openMirror<SealedSecret>({ database, follower, room: "webhooks" });
  return {
    has: (toolId) => secrets.get(toolId) !== undefined,
    async makeSecret(toolId, by) {
      if (tools.find(toolId) === null) return null;
      const secret = writeWebhookSecret(randomBytes(SECRET_BYTES));
      await record(toolChange("change-tool", by, clock(), { toolId, detail: { why: "webhook secret" } }));
      await secrets.change(toolId, () => ({ next: sealSecret(secret, ownerOf(toolId), keys) }));
      return secret;
    },
    async tell(event) {
      const toolId = event.toolId ?? "";
      await follower.ready();
      const [tool, sealed] = [tools.find(toolId), secrets.get(toolId)];
      // It was taken away meanwhile: that is no fault.
      if (tool === null || tool.webhookUrl === null || sealed === undefined) return;
      const body = bodyOf(event);
      const headers = { ...signWebhook(event.id, body, openSecret(sealed, ownerOf(toolId), keys), clock()) };
      const status = await post({ url: tool.webhookUrl, headers, body });
      if (status !== GONE && (status < 200 || status > 299))
        throw new Error(`The webhook of ${toolId} answered ${status}`);
    },
  };
}

/** What a webhook gets: the form of Standard Webhooks. */
function bodyOf({ type, at, sellerId, grantId, data }: ToolEvent): string {
  return JSON.stringify({
    type,
    timestamp: new Date(at).toISOString(),
    data: { sellerId, grantId, ...data },
  });
}

function ownerOf(toolId: string): string {
  return JSON.stringify(["webhook", toolId]);
}
