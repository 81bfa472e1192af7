/** Where the services are, as the servers' environment says it. */
export type Addresses = Readonly<Record<string, string>>;

export type ServiceName = "postgres" | "redis";

interface Service {
  readonly url: string;
  stop(): Promise<void>;
}

const START: Readonly<Record<ServiceName, () => Promise<Service | undefined>>> = {
  async postgres() {
    // Loaded late: it hooks the end of every process that imports it, and drops an exit code of 1.
    const { startPostgres } = await import("../../services/postgres.ts");
    return startPostgres();
  },
  async redis() {
    const { startRedisOrSkip } = await import("../../services/redis.ts");
    // Sessions may be lost: a host would not wait for the disk either.
    return startRedisOrSkip("rows on Redis", { settings: { appendonly: "no" } });
  },
};

const VARIABLES = { postgres: "DATABASE_URL", redis: "REDIS_URL" } as const;

/**
 * Measures while services run, each started for it, or the one its variable names.
 *
 * @returns `undefined` where one cannot be started here, which is said then
 */
export async function onServices<Figure>(
  names: readonly ServiceName[],
  measure: (addresses: Addresses) => Promise<Figure>,
): Promise<Figure | undefined> {
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
