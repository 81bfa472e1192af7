import { AUTH_DEFAULTS } from "../defaults.ts";
import { checkMemoryDeployment, readDeployment } from "./deployment.ts";
import { type StateEntry, type StateStore, stateUnavailable } from "./store.ts";
import { createSweepPace } from "./sweep-pace.ts";

export interface MemoryStateOptions {
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** Keys it holds; {@link AUTH_DEFAULTS}.memoryEntries if left out. */
  readonly max?: number;
  /** Processes that serve the deployment, where it cannot be seen from here: more than one is refused in production. */
  readonly workers?: number;
}

interface Row extends StateEntry {
  readonly expiresAt: number | null;
}

/**
 * State in this process, for tests, tools and a single node: gone with the process, unseen by other nodes.
 *
 * It holds used codes, locks and ended sessions, whose loss would let somebody in again. So nothing is evicted: when `max`
 * live keys are stored, writing another one rejects with GarimError `ERR_GARIM_STATE_UNAVAILABLE`.
 *
 * @throws GarimError `ERR_GARIM_DEPLOYMENT` as {@link checkMemoryDeployment}
 */
export function memoryState(options: MemoryStateOptions = {}): StateStore {
  const { clock = Date.now, max = AUTH_DEFAULTS.memoryEntries } = options;
  const deployment = readDeployment();
  checkMemoryDeployment({ ...deployment, concurrency: options.workers ?? deployment.concurrency });
  const rows = new Map<string, Row>();
  const isSweepDue = createSweepPace();
  let lastVersion = 0;

  function findLive(key: string): Row | undefined {
    const row = rows.get(key);
    return row !== undefined && isLive(row, clock()) ? row : undefined;
  }

  function sweep(): void {
    const now = clock();
    for (const [key, row] of rows) if (!isLive(row, now)) rows.delete(key);
  }

  function makeRoom(key: string): void {
    const hasRoom = () => rows.size < max || rows.has(key);
    if (isSweepDue(clock()) || !hasRoom()) sweep();
    if (hasRoom()) return;
    throw stateUnavailable(
      `memoryState() holds ${max} live keys and drops none. Write memoryState({ max: ${max * 2} }), or postgresState(pool).`,
    );
  }

  return {
    async read(key) {
      const row = findLive(key);
      return row && { value: row.value, version: row.version };
    },
    async write(key, value, expected, expiresAt) {
      if ((findLive(key)?.version ?? null) !== expected) return false;
      makeRoom(key);
      lastVersion += 1;
      rows.set(key, { value, version: lastVersion, expiresAt });
      return true;
    },
    async remove(key, expected) {
      const row = findLive(key);
      if (row === undefined || (expected !== null && row.version !== expected)) return false;
      return rows.delete(key);
    },
  };
}

function isLive(row: Row, now: number): boolean {
  return row.expiresAt === null || now < row.expiresAt;
}
