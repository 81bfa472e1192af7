import type { AccessLog } from "@garim/audit";
import type { StateStore } from "@garim/auth";
import type { Database } from "../start/database.ts";
import type { GarimOptions } from "../start/options.ts";
import type { Ground } from "../start/settings.ts";
import type { Sample } from "../telemetry/registry.ts";
import type { Board } from "./board.ts";
import { TROUBLES, type TroubleKind } from "./trouble.ts";
import { startWatch, type Watch } from "./watch.ts";

/** How this node is. */
export interface Health {
  readonly watch: Watch;
  /** Whether the node finishes and takes nothing new. */
  readonly closing: { has: boolean };
}

interface Opened {
  /** Files being made on this node. */
  readonly files: ReadonlyMap<string, unknown>;
  readonly database: Database;
  readonly replica: Database | null;
  readonly states: readonly StateStore[];
}

/** Begins to watch what a Garim stands on, and shows it as gauges. */
export function openHealth(options: GarimOptions, ground: Ground, opened: Opened): Health {
  const { log, clock, board, telemetry } = ground;
  const places = options.checkpoints?.places ?? [];
  const watch = startWatch({ ...opened, log, keys: options.keys, places, clock }, board);
  const { numbers } = telemetry;
  numbers.gauge("garim_trouble", () => troubleSamples(board));
  numbers.gauge("garim_downloads_under_way", () => one(opened.files.size));
  numbers.gauge("garim_log_taking", () => one(log.health().refusedMsAgo === null ? 1 : 0));
  numbers.gauge("garim_log_waiting", () => one(log.health().waiting));
  numbers.gauge("garim_log_lost", () => one(log.health().lost));
  numbers.gauge("garim_place_reachable", () => placeSamples(log));
  numbers.gauge("garim_checkpoint_age_seconds", () => secondsOf(watch.last?.checkpointAgeMs));
  numbers.gauge("garim_clock_difference_seconds", () => secondsOf(watch.last?.clockApartMs));
  return { watch, closing: { has: false } };
}

function troubleSamples(board: Board): readonly Sample[] {
  return (Object.keys(TROUBLES) as TroubleKind[]).map((kind) => ({
    value: board.has(kind) ? 1 : 0,
    labels: { kind },
  }));
}

function placeSamples(log: AccessLog): readonly Sample[] {
  const places = log.health().seal?.places ?? [];
  return places.map(({ name, isReachable }) => ({ value: isReachable ? 1 : 0, labels: { place: name } }));
}

function one(value: number): readonly Sample[] {
  return [{ value }];
}

function secondsOf(ms: number | null | undefined): readonly Sample[] {
  return ms == null ? [] : one(ms / 1_000);
}
