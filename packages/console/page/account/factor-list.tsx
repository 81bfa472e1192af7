import type { ComponentChildren, JSX } from "preact";
import { Empty } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import type { Factor } from "../second-factor/factors.ts";
import { say } from "./words.ts";

interface FactorListProps {
  readonly factors: readonly Factor[];
  /** What can be done with each. */
  readonly actions?: (factor: Factor) => ComponentChildren;
}

/** Second factors of somebody. */
export function FactorList({ factors, actions }: FactorListProps): JSX.Element {
  if (factors.length === 0) return <Empty>{say.noFactors}</Empty>;
  return (
    <ul class="list">
      {factors.map((factor) => (
        <li key={factor.id} class="card">
          <p>
            <strong>{factor.name}</strong> <span class="tag">{say.kinds[factor.kind]}</span>
          </p>
          <dl class="facts">
            <dt>{say.added}</dt>
            <dd>
              <Time at={factor.addedAt} />
            </dd>
            <dt>{say.lastUsed}</dt>
            <dd>{factor.usedAt === null ? say.never : <Time at={factor.usedAt} />}</dd>
          </dl>
          <div class="row">{actions?.(factor)}</div>
        </li>
      ))}
    </ul>
  );
}
