import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import type { RoleAction, RoleRule } from "./edition.ts";
import { type KindSet, kindSet, NO_KINDS } from "./pii-kind.ts";
import type { Policy } from "./policy.ts";

/**
 * The kinds of fields the roles together may see. Denied unless a role names it; an unknown role grants nothing.
 *
 * @source notice-2026-9/5-1
 */
export function kindsOfRoles(roles: readonly string[], policy: Policy): KindSet {
  return rulesOf(roles, policy).reduce((set, rule) => set | kindSet(rule.kinds), NO_KINDS);
}

/**
 * Decides whether roles allow an action. Denied unless one names it.
 *
 * @source notice-2026-9/5-1
 */
export function decideAction(roles: readonly string[], action: RoleAction, policy: Policy): Allow | Refuse {
  const isAllowed = rulesOf(roles, policy).some((rule) => rule.actions.includes(action));
  return isAllowed ? ALLOW : refuse("role-lacks-action", policy.edition);
}

/** Only a text names a role: `["owner"]` in the host's session would otherwise read as `owner`. */
function rulesOf(roles: readonly string[], { edition }: Policy): readonly RoleRule[] {
  if (!Array.isArray(roles)) return [];
  return roles
    .filter((role) => typeof role === "string" && Object.hasOwn(edition.roles, role))
    .map((role) => edition.roles[role])
    .filter((rule) => rule !== undefined);
}
