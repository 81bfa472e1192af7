import { hostname, userInfo } from "node:os";
import type { Asker } from "@garim/audit";
import type { Config } from "../connect/config.ts";
import { inputInvalid } from "../input-error.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Who asks from a command line: the name is only said, so the machine and its user stand beside it.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` where nobody is named
 */
export function askerOf(verb: string, as: string | undefined, { env }: Pick<Terminal, "env">): Asker {
  const name = (as ?? env["GARIM_AUDITOR"] ?? "").trim();
  if (name === "" || name.length > 256)
    throw inputInvalid(
      "Whoever asks the access log stands on record; write --as NAME, or set GARIM_AUDITOR, with 1 to 256 characters",
    );
  return {
    actor: { kind: "auditor", id: name, sellerId: null },
    origin: { ip: "local", agent: `garim, ${machineUser()}` },
    session: null,
    factor: null,
    route: `garim ${verb}`,
  };
}

/** Whoever asks, with the rules that the configuration says are in force. */
export function underPolicy(asker: Asker, { policy }: Config): Asker {
  if (policy === undefined) return asker;
  return { ...asker, policy: { edition: policy.edition.id, overrides: policy.overrides } };
}

function machineUser(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // A user without an entry in the machine's list.
    return `${process.getuid?.() ?? "unknown"}@${hostname()}`;
  }
}
