import { checkNames, invalid } from "../start/option-names.ts";
import type { ToolBudgets, ToolOptions } from "./options.ts";

const NAMES: readonly (keyof ToolOptions)[] = [
  "issuer",
  "audience",
  "publicUrl",
  "certificateHeader",
  "nonces",
  "isSandboxSeller",
  "isCanary",
  "budgets",
  "onEvent",
  "onAlert",
];

const BUDGET_NAMES: readonly (keyof ToolBudgets)[] = [
  "keyRequests",
  "toolRequests",
  "addressRequests",
  "keySubjects",
  "toolSubjects",
  "sellerSubjects",
  "addressSubjects",
];

/** Functions a host may give, and the line that shows how. */
const FUNCTIONS = {
  isSandboxSeller: 'isSandboxSeller: (sellerId) => sellerId.startsWith("sandbox-")',
  isCanary: "isCanary: (line, sellerId) => canaries.has(line)",
  onEvent: "onEvent: ({ type, sellerId }) => { … }",
  onAlert: "onAlert: ({ kind, toolId }) => { … }",
} as const;

const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/** Checks what is opened to tools, at start. @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID` */
export function checkToolOptions(options: ToolOptions, isProduction: boolean): void {
  checkNames("tools", options, NAMES);
  const { issuer, audience, publicUrl, budgets, nonces, certificateHeader } = options;
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
