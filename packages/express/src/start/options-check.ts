import type { PasskeySettings } from "@garim/auth";
import { GarimError } from "@garim/policy";
import type { DownloadsOptions } from "../download/options.ts";
import type { DutiesOptions } from "../duties/options.ts";
import { checkPages } from "../step-up/pages.ts";
import { checkToolOptions } from "../tool/options-check.ts";
import type { WatchOptions } from "../watch/options.ts";
import { isStrictEnough } from "../watch/watch-desk.ts";
import { checkNames, invalid, isObject } from "./option-names.ts";
import type { CheckpointOptions, GarimOptions, SignalRules } from "./options.ts";

const NAMES: readonly (keyof GarimOptions)[] = [
  "database",
  "auditorDatabase",
  "redis",
  "keys",
  "checkpoints",
  "sinks",
  "policy",
  "identify",
  "signOut",
  "issuer",
  "passkeys",
  "channels",
  "allowEmail",
  "onNotice",
  "onSignal",
  "onAlert",
  "tracer",
  "locate",
  "signals",
  "allowList",
  "downloads",
  "isBackground",
  "pages",
  "tools",
  "duties",
  "watch",
  "dangerouslyObserve",
  "clock",
  "logger",
  "insecureCookie",
];

const DOWNLOAD_NAMES: readonly (keyof DownloadsOptions)[] = [
  "spool",
  "parallel",
  "onOverdue",
  "isSoleTrader",
];
const DUTY_NAMES: readonly (keyof DutiesOptions)[] = [
  "company",
  "seller",
  "onReminder",
  "onDuties",
  "destroyOnTime",
  "records",
  "leaks",
];
const WATCH_NAMES: readonly (keyof WatchOptions)[] = ["onFinding", "actions", "isCanary"];
const PASSKEY_NAMES: readonly (keyof PasskeySettings)[] = ["rpId", "rpName", "origins"];
const CHECKPOINT_NAMES: readonly (keyof CheckpointOptions)[] = ["origin", "places"];
const CHECKPOINT_LINE =
  'checkpoints: { origin: "shop.example/access-log", places: [filePlace("/mnt/elsewhere/checkpoints")] }';
const SIGNAL_NAMES: readonly (keyof SignalRules)[] = [
  "stepUpOn",
  "refuseSharedPasswordsFrom",
  "sharedOffices",
];

/** Functions a host may give, and the line that shows how. */
const FUNCTIONS = {
  onNotice: "onNotice: ({ kind, worker }) => { … }",
  onSignal: "onSignal: ({ kind, worker }) => { … }",
  onAlert: "onAlert: ({ kind, state }) => { … }",
  locate: "locate: (ip) => ({ lat, lon })",
  allowList: 'allowList: ({ kind, id }) => ["203.0.113.0/24"]',
} as const;

/**
 * Checks the options once, at start.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_DEPLOYMENT`
 */
export function checkOptions(options: GarimOptions, isProduction: boolean): void {
  if (!isObject(options)) throw invalid("options", "an object", "createGarim({ … })");
  checkNames("createGarim", options, NAMES);
  checkNeeded(options);
  checkCheckpoints(options);
  checkFactors(options);
  for (const [name, line] of Object.entries(FUNCTIONS))
    if (!["undefined", "function"].includes(typeof options[name as keyof typeof FUNCTIONS]))
      throw invalid(name, "a function", line);
  checkOperating(options);
  if (options.downloads !== undefined) checkDownloads(options.downloads);
  if (options.signals !== undefined) checkNames("signals", options.signals, SIGNAL_NAMES);
  if (options.pages !== undefined) checkPages(options.pages);
  if (options.tools !== undefined) checkToolOptions(options.tools, isProduction);
  if (options.duties !== undefined) checkDuties(options.duties);
  if (options.watch !== undefined) checkWatch(options.watch);
  if (isProduction) checkProduction(options);
}

function checkOperating({ auditorDatabase, tracer }: GarimOptions): void {
  if (auditorDatabase !== undefined && typeof auditorDatabase?.query !== "function")
    throw invalid("auditorDatabase", "a pg Pool of a replica", "auditorDatabase: new Pool({ … })");
  if (tracer !== undefined && typeof tracer?.startSpan !== "function")
    throw invalid("tracer", "a tracer", 'tracer: trace.getTracer("garim")');
}

function checkNeeded({ database, keys, identify }: GarimOptions): void {
  if (!isObject(database))
    throw invalid("database", "a pg Pool or embedded(dir)", 'database: embedded("./.garim")');
  if (typeof keys?.subjects?.all !== "function" || typeof keys.secrets?.all !== "function")
    throw invalid("keys", "keys", 'keys: keysFromFile("./garim.keys")');
  if (typeof identify !== "function")
    throw invalid("identify", "a function", "identify: (req) => req.session?.user");
}

function checkCheckpoints({ checkpoints, keys }: GarimOptions): void {
  if (checkpoints === undefined) return;
  checkNames("checkpoints", checkpoints, CHECKPOINT_NAMES);
  if (typeof keys.signers?.all !== "function")
    throw invalid("keys.signers", "the keys that sign checkpoints", 'keys: keysFromFile("./garim.keys")');
  if (typeof checkpoints.origin !== "string" || !Array.isArray(checkpoints.places))
    throw invalid("checkpoints", "a name of the log and places", CHECKPOINT_LINE);
}

function checkDownloads(downloads: DownloadsOptions): void {
  checkNames("downloads", downloads, DOWNLOAD_NAMES);
  const { spool, parallel = 1 } = downloads;
  if (spool !== undefined && typeof spool?.create !== "function")
    throw invalid(
      "downloads.spool",
      "a spool",
      'downloads: { spool: fileSpool("/var/lib/garim/downloads") }',
    );
  if (!Number.isSafeInteger(parallel) || parallel < 1)
    throw invalid("downloads.parallel", "a whole number of at least 1", "downloads: { parallel: 2 }");
  for (const name of ["onOverdue", "isSoleTrader"] as const)
    if (!["undefined", "function"].includes(typeof downloads[name]))
      throw invalid(`downloads.${name}`, "a function", `downloads: { ${name}: … }`);
}

function checkWatch(watch: WatchOptions): void {
  checkNames("watch", watch, WATCH_NAMES);
  for (const name of ["onFinding", "isCanary"] as const)
    if (!["undefined", "function"].includes(typeof watch[name]))
      throw invalid(`watch.${name}`, "a function", `watch: { ${name}: … }`);
  const lax = Object.entries(watch.actions ?? {}).find(([reason, action]) => !isStrictEnough(reason, action));
  if (lax !== undefined)
    throw invalid(
      `watch.actions[${JSON.stringify(lax[0])}]`,
      "at least what is done by itself",
      'watch: { actions: { "watch-new-network": "cut-off" } }',
    );
}

function checkDuties(duties: DutiesOptions): void {
  checkNames("duties", duties, DUTY_NAMES);
  if (!["undefined", "string"].includes(typeof duties.company))
    throw invalid("duties.company", "a text", 'duties: { company: "…" }');
  for (const name of ["seller", "onReminder", "onDuties"] as const)
    if (!["undefined", "function"].includes(typeof duties[name]))
      throw invalid(`duties.${name}`, "a function", `duties: { ${name}: … }`);
  const { records, leaks, destroyOnTime } = duties;
  if (destroyOnTime !== undefined && !isTexts(destroyOnTime))
    throw invalid(
      "duties.destroyOnTime",
      "a list of kinds of records",
      'duties: { destroyOnTime: ["orderLine"] }',
    );
  if (destroyOnTime !== undefined && records === undefined)
    throw invalid(
      "duties.destroyOnTime",
      "left out where no records are named: nothing could be destroyed",
      "duties: { records: { list, separate, destroy }, destroyOnTime }",
    );
  if (leaks !== undefined && !["recipients", "send"].every((name) => hasFunction(leaks, name)))
    throw invalid(
      "duties.leaks",
      "an object with the functions recipients and send",
      "duties: { leaks: { recipients, send } }",
    );
  if (leaks !== undefined && hasFunction(leaks, "candidates") !== hasFunction(leaks, "keep"))
    throw invalid(
      "duties.leaks",
      "one with both of candidates and keep, or neither",
      "duties: { leaks: { recipients, send, candidates, keep } }",
    );
  if (records !== undefined && !["list", "separate", "destroy"].every((name) => hasFunction(records, name)))
    throw invalid(
      "duties.records",
      "an object with the functions list, separate and destroy",
      "duties: { records: { list, separate, destroy } }",
    );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string" && one !== "");
}

function hasFunction(port: unknown, name: string): boolean {
  return typeof port === "object" && port !== null && typeof Reflect.get(port, name) === "function";
}

/** What stands in them is checked where the factors are made. */
function checkFactors({ passkeys, channels, allowEmail }: GarimOptions): void {
  if (passkeys !== undefined) checkNames("passkeys", passkeys, PASSKEY_NAMES);
  if (channels !== undefined && !(Array.isArray(channels) && channels.every(isChannel)))
    throw invalid(
      "channels",
      "a list of channels that can send",
      'channels: [{ name: "sms", send: async ({ worker, code }) => { … } }]',
    );
  if (!["undefined", "boolean"].includes(typeof allowEmail))
    throw invalid("allowEmail", "true or false", "allowEmail: true");
}

/** Looked at before they are bounded, which would hide it. */
function isChannel(channel: unknown): boolean {
  return isObject(channel) && typeof (channel as { readonly send?: unknown }).send === "function";
}

function checkProduction({ insecureCookie, passkeys, checkpoints }: GarimOptions): void {
  if (checkpoints === undefined || checkpoints.places.length === 0)
    throw notInProduction(
      `checkpoints: without a copy outside the database nobody can show that the log is whole; write ${CHECKPOINT_LINE}`,
    );
  if (insecureCookie === true)
    throw notInProduction(
      "insecureCookie is for http://localhost; take it out and serve production over TLS",
    );
  const origins: readonly unknown[] = Array.isArray(passkeys?.origins) ? passkeys.origins : [];
  if (passkeys !== undefined && origins.some((origin) => String(origin).startsWith("http:")))
    throw notInProduction(
      `passkeys: an origin without TLS is for development; write origins: ["https://${passkeys.rpId}"]`,
    );
}

function notInProduction(seen: string): GarimError {
  return new GarimError("ERR_GARIM_DEPLOYMENT", seen);
}
