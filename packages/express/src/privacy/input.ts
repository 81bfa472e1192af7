import type { Offer } from "@garim/auth";
import type { StepUpClass } from "@garim/policy";
import type { Request } from "express";

const CLASSES: readonly unknown[] = ["view", "download", "manage"] satisfies StepUpClass[];

/** The members of a JSON body. Trusted in nothing; a body that is no object has none. */
export function membersOf({ body }: Request): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? body : {};
}

/** What a second factor is proved for: `view` where nothing is said; `undefined` for what is no class of actions. */
export function readAction(req: Request): StepUpClass | undefined {
  const { action = "view" } = membersOf(req);
  return CLASSES.includes(action) ? (action as StepUpClass) : undefined;
}

/** What is offered as proof. A method nobody knows is not looked into here: it is a wrong try as any other. */
export function readOffer(req: Request): Offer {
  const { method, code, response } = membersOf(req);
  return method === "passkey" ? { method, response } : { method: method as "totp", code };
}
