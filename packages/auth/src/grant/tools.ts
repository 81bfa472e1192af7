import { hash, randomBytes } from "node:crypto";
import { DAY, GarimError } from "@garim/policy";
import type { StateDatabase } from "../state/database.ts";
import type { Worker } from "../worker.ts";
import { readApplication } from "./application.ts";
import { type ChangeSource, type RecordChange, type ToolAction, toolChange } from "./change.ts";
import { GRANT_DEFAULTS } from "./defaults.ts";
import type { Follower } from "./follower.ts";
import { openMirror } from "./mirror.ts";
import type { RegisteredTool, Tools } from "./tool.ts";

export interface ToolsOptions {
  /** A pool or PGlite; the tables are made by the follower. */
  readonly database: StateDatabase;
  readonly follower: Follower;
  readonly record: RecordChange;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
}

/** Opens the register of tools. */
export async function createTools(options: ToolsOptions): Promise<Tools> {
  const { database, follower, record, clock = Date.now } = options;
  const mirror = await openMirror<RegisteredTool>({
    database,
    follower,
    room: "tools",
    keyOf: ({ toolId }) => toolId,
  });

  const say = (action: ToolAction, { by, source }: Doer, tool: RegisteredTool, why = ""): Promise<unknown> =>
    record(
      toolChange(action, by, clock(), {
        source: source ?? null,
        toolId: tool.toolId,
        detail: describe(tool, why),
      }),
    );

  /** Changes a tool that is there; the record comes first, once, however often others were faster. */
  async function alter(
    toolId: string,
    decide: (tool: RegisteredTool) => RegisteredTool,
    before: (next: RegisteredTool) => Promise<unknown>,
  ): Promise<RegisteredTool | null> {
    let isSaid = false;
    const { next } = await mirror.change(toolId, async (tool) => {
      if (tool === undefined) return { next: null };
      const next = decide(tool);
      if (!isSaid) await before(next);
      isSaid = true;
      return { next };
    });
    return next;
  }

  return {
    find: (toolId) => mirror.get(toolId) ?? null,
    list: () => mirror.values(),
    async apply(application, by, source) {
      const toolId = `tool-${randomBytes(9).toString("base64url")}`;
      const now = { appliedAt: clock(), approvedAt: null, suspendedAt: null };
      const status = { status: "applied", sandbox: true, secret: null } as const;
      const tool = { toolId, ...readApplication(application), ...status, ...now };
      await say("register-tool", { by, source }, tool);
      await mirror.change(toolId, () => ({ next: tool }));
      return tool;
    },
    approve(toolId, by, source) {
      const approved = {
        status: "approved",
        sandbox: false,
        approvedAt: clock(),
        suspendedAt: null,
      } as const;
      return alter(
        toolId,
        (tool) => ({ ...tool, ...approved }),
        (next) => say("approve-tool", { by, source }, next),
      );
    },
    async suspend(toolId, by, why, source) {
      const suspended = { status: "suspended", suspendedAt: clock() } as const;
      const tool = await alter(
        toolId,
        (one) => ({ ...one, ...suspended }),
        async () => undefined,
      );
      if (tool !== null) await say("suspend-tool", { by, source }, tool, why);
      return tool;
    },
    change(toolId, changes, by) {
      return alter(
        toolId,
        (tool) => ({ ...checkChanger(tool, by), ...readApplication({ ...tool, ...changes }) }),
        (next) => say("change-tool", { by }, next, Object.keys(changes).sort().join(" ")),
      );
    },
    async makeSecret(toolId, by, source) {
      const secret = randomBytes(32).toString("base64url");
      const endsAt = clock() + GRANT_DEFAULTS.secretDays * DAY;
      const stored = { hash: hash("sha256", secret, "base64url"), endsAt };
      const tool = await alter(
        toolId,
        (one) => ({ ...checkSecretTier(one), secret: stored }),
        (next) => say("change-tool", { by, source }, next, "secret"),
      );
      return tool === null ? null : { tool, secret };
    },
  };
}

/** Who does something, and by which request. */
interface Doer {
  readonly by: Worker | null;
  readonly source?: ChangeSource | undefined;
}

/** Where a tool calls from and what it is known by is what was approved. */
function checkChanger(tool: RegisteredTool, by: Worker | null): RegisteredTool {
  if (tool.status === "applied" || by?.kind === "operator") return tool;
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    'A tool that was approved is changed by an operator; give by: { kind: "operator", … }',
  );
}

function checkSecretTier(tool: RegisteredTool): RegisteredTool {
  if (tool.tier === "secret") return tool;
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    'Only a tool of the tier "secret" has a secret; the others prove themselves by key or certificate',
  );
}

function describe(tool: RegisteredTool, why: string): Readonly<Record<string, string | number>> {
  const { name, status, sandbox, tier, redirectUris, addresses } = tool;
  const lists = { redirectUris: redirectUris.join(" "), addresses: addresses.join(" ") };
  const more = { name: name.ko, status, sandbox: String(sandbox), tier, ...lists };
  return why === "" ? more : { ...more, why };
}
