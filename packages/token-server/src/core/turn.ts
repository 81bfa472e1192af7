import type { IncomingMessage } from "node:http";
import type { Artifact, ArtifactKind, ArtifactName, ProofName } from "../store/artifacts.ts";

/**
 * What one request to the token endpoint asks the database in one go instead of one by one. Nothing of it outlives the request, and what
 * was found before it is needed is used once.
 */
export interface Turn {
  /** Whether the tool has proved who it is. */
  isProven: boolean;
  /** A proof that is looked at for the first time where the token is issued. */
  proof: ProofName | null;
  keep(name: ArtifactName, artifact: Artifact | undefined): void;
  /** What was kept; `null` where nothing was. */
  take(kind: ArtifactKind, id: string): Artifact | undefined | null;
}

const TURNS = new WeakMap<IncomingMessage, Turn>();

export function turnOf(req: IncomingMessage): Turn {
  const known = TURNS.get(req) ?? makeTurn();
  TURNS.set(req, known);
  return known;
}

function makeTurn(): Turn {
  const kept = new Map<string, Artifact | undefined>();
  return {
    isProven: false,
    proof: null,
    keep: ({ kind, id }, artifact) => void kept.set(`${kind}:${id}`, artifact),
    take(kind, id) {
      const name = `${kind}:${id}`;
      if (!kept.has(name)) return null;
      const artifact = kept.get(name);
      kept.delete(name);
      return artifact;
    },
  };
}
