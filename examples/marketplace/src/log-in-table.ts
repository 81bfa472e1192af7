import type { DemoLogIn } from "./demo.ts";

/** What each role is good for trying. */
const TO_TRY: Readonly<Record<string, string>> = {
  owner: "everything of the shop; masked after confirmation all the same",
  shipper: "names, phones, addresses to ship; no e-mail",
  claims: "what returns and exchanges need",
  downloader: "as the shipper",
  viewer: "names only",
  operator: "open a claim: the seller sees what it needs",
  auditor: "who saw whom",
  buyer: "confirm a purchase: the seller's page masks it",
};

/** Sellers whose log-ins are listed; the landing page has all. */
const MOST_SELLERS = 2;

/** The demo's log-ins as a table for the terminal. */
export function describeLogIns(logIns: readonly DemoLogIn[], password: string): string {
  const sellers = [...new Set(logIns.map((one) => one.seller))].slice(0, MOST_SELLERS);
  const shown = logIns.filter((one) => one.kind !== "staff" || sellers.includes(one.seller));
  const rows = shown.map((one) => [one.seller ?? "the market", one.user, one.role ?? one.kind, tryOf(one)]);
  const table = [["who", "user", "role", "what to try"], ...rows];
  const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widthOf(table, column))).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n\npassword of all: ${password} (a demo: made up and public)\n`;
}

function tryOf({ role, kind }: DemoLogIn): string {
  return TO_TRY[role ?? kind] ?? "";
}

function widthOf(table: readonly (readonly string[])[], column: number): number {
  return Math.max(...table.map((row) => row[column]?.length ?? 0));
}
