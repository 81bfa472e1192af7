import cluster from "node:cluster";
import { GarimError } from "@garim/policy";

/** What tells whether other processes serve the same deployment. */
export interface DeploymentFacts {
  readonly isProduction: boolean;
  /** Whether this process is a worker of `node:cluster`, which PM2's cluster mode uses too. */
  readonly isClusterWorker: boolean;
  /** The number PM2 gives each process of an app, from 0 on: `NODE_APP_INSTANCE`. */
  readonly instance: number;
  /** Processes that the platform says shall serve: `WEB_CONCURRENCY`. */
  readonly concurrency: number;
}

/** Reads what this process can know of the deployment. */
export function readDeployment(): DeploymentFacts {
  const { NODE_ENV, NODE_APP_INSTANCE, WEB_CONCURRENCY } = process.env;
  return {
    isProduction: NODE_ENV === "production",
    isClusterWorker: cluster.isWorker,
    instance: Number(NODE_APP_INSTANCE ?? 0),
    concurrency: Number(WEB_CONCURRENCY ?? 1),
  };
}

/**
 * Refuses state in memory where several processes serve in production: each would open its own session for one log-in, take a
 * used code again and count guesses anew.
 *
 * Seen are workers of `node:cluster`, PM2's second and later processes, and `WEB_CONCURRENCY` above 1. Several containers or
 * machines cannot be seen from inside one: then only {@link MemoryStateOptions.workers} tells.
 *
 * @throws GarimError `ERR_GARIM_DEPLOYMENT`
 */
export function checkMemoryDeployment(facts: DeploymentFacts = readDeployment()): void {
  const sign = facts.isProduction ? findSign(facts) : undefined;
  if (sign === undefined) return;
  throw new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    `State in memory is one process's own, and ${sign}. Write state: await postgresState(pool) or await redisState(client)`,
  );
}

function findSign({ isClusterWorker, instance, concurrency }: DeploymentFacts): string | undefined {
  if (isClusterWorker) return "this process is a worker of node:cluster";
  if (instance > 0) return `this is process ${instance + 1} of its app (NODE_APP_INSTANCE=${instance})`;
  return concurrency > 1 ? `${concurrency} processes serve (WEB_CONCURRENCY or workers)` : undefined;
}
