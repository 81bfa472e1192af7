// @ts-check
import { simulateMarket } from "./market.mjs";

/**
 * @typedef {import("../src/index.ts").WatchFinding} WatchFinding
 * @typedef {import("../src/index.ts").Policy} Policy
 * @typedef {Pick<typeof import("../src/index.ts"), "startWatch" | "watchAccess">} Detectors
 * @typedef {{ name: string, tried: number, found: number, subjects: number | null }} Hits
 * @typedef {{ hits: readonly Hits[], alarms: ReadonlyMap<string, number>, accountDays: number }} Figures
 */

/** The thresholds were fixed on the first; the second was made with another seed, and nothing was changed for it. */
export const SEEDS = Object.freeze({ fixed: 2_025, reported: 18_112_025 });

/**
 * Runs the detectors over a made-up market.
 *
 * @param {number} seed
 * @param {Detectors} detectors
 * @param {Policy} policy
 * @returns {Figures}
 */
export function measureWatch(seed, { startWatch, watchAccess }, policy) {
  const { events, attacks, people, measuredFrom, days } = simulateMarket(seed);
  const watch = startWatch();
  /** @type {Map<import("./market.mjs").Attack, WatchFinding>} */
  const firsts = new Map();
  /** @type {Map<string, number>} */
  const alarms = new Map();
  for (const event of events)
    for (const finding of watchAccess(watch, event, policy)) {
      const attack = attacks.find((one) => isOf(one, finding));
      if (attack !== undefined) {
        if (!firsts.has(attack)) firsts.set(attack, finding);
      } else if (finding.at >= measuredFrom)
        alarms.set(finding.reason, (alarms.get(finding.reason) ?? 0) + 1);
    }
  const names = [...new Set(attacks.map(({ name }) => name))];
  const hits = names.map((name) => {
    const tried = attacks.filter((one) => one.name === name);
    const found = tried.filter((one) => firsts.has(one));
    const seen = found.map((one) => subjectsBefore(one, firsts.get(one)?.at ?? 0)).toSorted((a, b) => a - b);
    return {
      name,
      tried: tried.length,
      found: found.length,
      subjects: seen[Math.floor(seen.length / 2)] ?? null,
    };
  });
  return { hits, alarms, accountDays: people * days };
}

/** @param {import("./market.mjs").Attack} attack @param {WatchFinding} finding */
function isOf({ accounts, networks, keys, startsAt, events }, { at, account, network, key }) {
  const endsAt = Math.max(...events.slice(-1).map((event) => event.at));
  // What is found of somebody's own account long after is somebody's own doing.
  const isThen = at >= startsAt && at <= endsAt + 1;
  return isThen && (accounts.has(account) || networks.has(network) || (key !== null && keys.has(key)));
}

/** Data subjects that were shown until it was found. @param {import("./market.mjs").Attack} attack @param {number} at */
function subjectsBefore({ events, startsAt }, at) {
  const until = events.filter(
    (event) => event.at >= startsAt && event.at <= at && event.outcome === "disclosed",
  );
  return new Set(until.flatMap(({ subjects }) => subjects)).size;
}

/** @param {Figures} figures @returns {string} */
export function writeFigures({ hits, alarms, accountDays }) {
  const rows = hits.map(
    ({ name, tried, found, subjects }) => `| ${name} | ${found} of ${tried} | ${subjects ?? "–"} |`,
  );
  const total = [...alarms.values()].reduce((sum, one) => sum + one, 0);
  const each = [...alarms].toSorted(([, a], [, b]) => b - a).map(([reason, count]) => `${reason} ${count}`);
  return `| who helps themselves | found | buyers seen until then (median) |
|---|---|---|
${rows.join("\n")}

False alarms: ${total} in ${accountDays} days of ordinary and busy accounts, ${((1_000 * total) / accountDays).toFixed(1)} in a thousand${each.length === 0 ? "" : ` (${each.join(", ")})`}.`;
}

/** Fills `<!-- figures: watch -->` … `<!-- /figures -->`. @param {string} text @param {Figures} figures */
export function fillFigures(text, figures) {
  return text.replace(
    /(<!-- figures: watch -->)[\s\S]*?(<!-- \/figures -->)/,
    (_, start, end) => `${start}\n\n${writeFigures(figures)}\n\n${end}`,
  );
}
