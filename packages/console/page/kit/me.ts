import { api } from "./api.ts";

/** Who is asking, and what they may do: of the endpoint `me`. */
export type Me =
  | { readonly kind: "none"; readonly reason: string }
  | { readonly kind: "buyer" }
  | {
      readonly kind: "staff" | "operator" | "auditor";
      readonly id: string;
      readonly sellerId: string | null;
      /** Actions of their roles: `view`, `download`, `manageStaff`, `connectTool`. */
      readonly may: readonly string[];
    };

let asking: Promise<Me> | undefined;

/** Asked once a page. */
export function whoIsThere(): Promise<Me> {
  asking ??= api<Me>("GET", "me");
  return asking;
}
