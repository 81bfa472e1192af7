/** Where the services are, as the servers' environment says it. */
export type Addresses = Readonly<Record<string, string>>;

interface Service {
  readonly url: string;
  stop(): Promise<void>;
}

const START = {
  async postgres(): Promise<Service> {
    // Loaded late: it hooks the end of every process that imports it, and drops an exit code of 1.
    const { startPostgres } = await import("../../services/postgres.ts");
    return startPostgres();
  },
  async redis(): Promise<Service | undefined> {
    const { startRedisOrSkip } = await import("../../services/redis.ts");
    // Sessions may be lost: a host would not wait for the disk either.
    return startRedisOrSkip("rows on Redis", { settings: { appendonly: "no" } });
  },
} as const;

const VARIABLES = { postgres: "DATABASE_URL", redis: "REDIS_URL" } as const;

/**
 * Measures while services run, each started for it, or the one its variable names.
 *
 * @returns `undefined` where one cannot be started here, which is said then
 */
export async function onServices(
  names: readonly (keyof typeof START)[],
  measure: (addresses: Addresses) => Promise<number>,
): Promise<number | undefined> {
  const started: Service[] = [];
  const addresses: Record<string, string> = {};
  try {
    for (const name of names) {
      const service = await START[name]();
      if (service === undefined) return undefined;
      started.push(service);
      addresses[VARIABLES[name]] = service.url;
    }
    return await measure(addresses);
  } finally {
    for (const service of started) await service.stop();
  }
}
