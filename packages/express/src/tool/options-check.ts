import { checkNames, invalid } from "../start/option-names.ts";
import { OFF_HOURS } from "./defaults.ts";
import { checkIssuers } from "./issuers-check.ts";
import type { OffHours, SandboxOptions, ToolBudgets, ToolOptions } from "./options.ts";
import { resolveSandbox } from "./sandbox/sandbox.ts";

const NAMES: readonly (keyof ToolOptions)[] = [
  "issuer",
  "issuers",
  "audience",
  "publicUrl",
  "certificateHeader",
  "nonces",
  "sandbox",
  "isCanary",
  "offHours",
  "budgets",
  "onEvent",
  "onAlert",
];

const BUDGET_NAMES: readonly (keyof ToolBudgets)[] = [
  "keyRequests",
  "toolRequests",
  "addressRequests",
  "sellerRequests",
  "toolTokens",
  "addressTokens",
  "keySubjects",
  "toolSubjects",
  "sellerSubjects",
  "addressSubjects",
];

/** Functions a host may give, and the line that shows how. */
const FUNCTIONS = {
  isCanary: "isCanary: (line, sellerId) => canaries.has(line)",
  onEvent: "onEvent: ({ type, sellerId }) => { … }",
  onAlert: "onAlert: ({ kind, toolId }) => { … }",
} as const;

const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/** Checks what is opened to tools, at start. @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID` */
export function checkToolOptions(options: ToolOptions, isProduction: boolean): void {
  checkNames("tools", options, NAMES);
  const { issuer, audience, publicUrl, budgets, nonces, certificateHeader, offHours = false } = options;
  checkAddress("tools.issuer", issuer, isProduction, "https://market.example/oauth");
  checkAddress("tools.audience", audience, isProduction, "https://market.example/api");
  if (publicUrl !== undefined)
    checkAddress("tools.publicUrl", publicUrl, isProduction, "https://market.example");
  if (certificateHeader !== undefined && !HEADER.test(certificateHeader))
    throw invalid("tools.certificateHeader", "the name of a header", 'certificateHeader: "Client-Cert"');
  if (!["undefined", "boolean"].includes(typeof nonces))
    throw invalid("tools.nonces", "true or false", "nonces: true");
  for (const [name, line] of Object.entries(FUNCTIONS))
    if (!["undefined", "function"].includes(typeof options[name as keyof typeof FUNCTIONS]))
      throw invalid(`tools.${name}`, "a function", line);
  if (budgets !== undefined) checkBudgets(budgets);
  if (offHours !== false) checkOffHours(offHours);
  if (options.sandbox !== undefined) checkSandbox(options.sandbox);
  checkIssuers(options, isProduction);
}

function checkSandbox(sandbox: SandboxOptions): void {
  checkNames("tools.sandbox", sandbox, ["sellers", "revoked", "purposes"]);
  const { sellers, revoked, purposes } = resolveSandbox(sandbox);
  const isRight = [sellers, revoked, purposes].every(isNames) && sellers.length > 0 && purposes.length > 0;
  if (!isRight || new Set([...sellers, ...revoked]).size < sellers.length + revoked.length)
    throw invalid(
      "tools.sandbox",
      "lists of names, with one seller at least and none twice",
      'sandbox: { sellers: ["sandbox-1", "sandbox-2"], revoked: ["sandbox-revoked"] }',
    );
}

function isNames(names: unknown): boolean {
  return Array.isArray(names) && names.every((name) => typeof name === "string" && name !== "");
}

function checkOffHours(offHours: Partial<OffHours>): void {
  checkNames("tools.offHours", offHours, ["from", "to", "subjects"]);
  const { from, to, subjects } = { ...OFF_HOURS, ...offHours };
  const isHour = (hour: number): boolean => Number.isInteger(hour) && hour >= 0 && hour < 24;
  if (!isHour(from) || !isHour(to) || from === to || !(Number.isSafeInteger(subjects) && subjects >= 1))
    throw invalid(
      "tools.offHours",
      "hours of 0 to 23 that differ, and a whole number of subjects",
      "offHours: { from: 0, to: 6, subjects: 200 }",
    );
}

function checkBudgets(budgets: Partial<ToolBudgets>): void {
  checkNames("tools.budgets", budgets, BUDGET_NAMES);
  for (const [name, budget] of Object.entries(budgets))
    if (!(Number.isSafeInteger(budget) && budget >= 1))
      throw invalid(`tools.budgets.${name}`, "a whole number of 1 or more", `budgets: { ${name}: 1_000 }`);
}

/** An address without query, fragment and slash at its end; with TLS in production. */
function checkAddress(name: string, text: unknown, isProduction: boolean, line: string): void {
  const isAddress =
    typeof text === "string" && /^https?:\/\/[^?#\s]+[^/?#\s]$/.test(text) && URL.canParse(text);
  if (isAddress && (text.startsWith("https:") || !isProduction)) return;
  throw invalid(
    name,
    `an ${isProduction ? "https " : ""}address without a slash at its end`,
    `${name.slice("tools.".length)}: "${line}"`,
  );
}
