import { type Installed, installAlone, installBeside, packWorkspace } from "./install/host.ts";
import type { BenchRow } from "./row.ts";

const SUBJECT = "pnpm add @garim/express in a host that has Express, our own packages included";
const AGAINST = "pnpm add oidc-provider in an empty one";

/** The rows about what an installation brings. */
export const rows: readonly BenchRow[] = [
  {
    id: "I1",
    subject: SUBJECT,
    against: AGAINST,
    unit: "times the packages",
    target: { atMost: 2 },
    run: () => compareInstalls(({ packages }) => packages),
  },
  {
    id: "I1-mb",
    subject: SUBJECT,
    against: AGAINST,
    unit: "times the megabytes",
    target: { atMost: 2 },
    run: () => compareInstalls(({ megabytes }) => megabytes),
  },
];

async function compareInstalls(read: (installed: Installed) => number): Promise<number> {
  const ours = installBeside("@garim/express", packWorkspace());
  const theirs = installAlone("oidc-provider");
  for (const [name, { packages, megabytes }] of Object.entries({
    "@garim/express": ours,
    "oidc-provider": theirs,
  }))
    console.error(`${name}: ${packages} packages, ${megabytes.toFixed(1)} MB`);
  return read(ours) / read(theirs);
}
