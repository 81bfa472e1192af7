import { spawn } from "node:child_process";
import { join } from "node:path";
import { prepare, ROOT } from "./workspace.mjs";

/**
 * Starts the example marketplace from a fresh clone, and a seller tool beside it: `npm start -- [options]`; `npm start -- --help`
 * tells them.
 */
// Whoever has just built everything, as the tests do, says so.
if (process.env["GARIM_IS_BUILT"] !== "1")
  prepare({
    filter: ["@garim/example-marketplace...", "@garim/example-seller-tool...", "garim-workspace"],
    build: ["examples/marketplace", "examples/seller-tool"],
  });

const args = process.argv.slice(2);
/** Both are asked to end together. */
const running = new Set();

const market = start("marketplace", args);
let said = "";
market.stdout.on("data", (chunk) => {
  process.stdout.write(chunk);
  const wasReady = isReady(said);
  said += chunk;
  if (!wasReady && isReady(said)) startTool(/^ready (\S+)$/m.exec(said)?.[1] ?? "");
});
market.on("exit", (code) => {
  process.exitCode = code ?? 1;
  endAll("SIGTERM");
});

// A terminal sends Ctrl-C to all; whoever stops this script alone means the others too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => endAll(signal));

/** The market says last which password its demo people have. */
function isReady(text) {
  return /^password of all: .*$\n/m.test(text);
}

/** The tool is a program of its own: it knows the market's address, and keeps its things apart. */
function startTool(url) {
  const folder = join(optionOf("--data") ?? join(".garim", "marketplace"), "..", "seller-tool");
  const port = optionOf("--port") === "0" ? ["--port", "0"] : [];
  // A market that begins anew does not know the tool.
  const fresh = args.includes("--fresh") ? ["--fresh"] : [];
  const tool = start("seller-tool", ["--market", url, "--data", folder, ...port, ...fresh]);
  tool.stdout.on("data", (chunk) => {
    const address = /^tool ready (\S+)$/m.exec(String(chunk))?.[1];
    if (address !== undefined) process.stdout.write(howToTry(address));
  });
}

function howToTry(address) {
  return `
a seller tool runs at ${address} (a program of its own, with no password of anybody):
  1. open it and press "Connect a seller" (판매자 연결하기); log in as dasom-owner, prove a second factor, agree
  2. press "Sync orders" (주문 가져오기), then "Print labels" (송장 출력): what is to be shipped is clear
  3. confirm a purchase as buyer-1 and sync again: that order is masked, and its label gone
`;
}

function start(name, given) {
  const main = join(ROOT, "examples", name, "dist", "main.js");
  const child = spawn(process.execPath, [main, ...given], { stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  child.on("exit", () => running.delete(child));
  return child;
}

function endAll(signal) {
  for (const child of running) child.kill(signal);
}

/** The value of an option, `--name value` or `--name=value`. */
function optionOf(name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at === -1) return undefined;
  return args[at] === name ? args[at + 1] : args[at].slice(name.length + 1);
}
