import type { StoredGrant } from "./grant.ts";

/** The same grants, found in other ways. */
export interface GrantIndex {
  put(next: StoredGrant, before: StoredGrant | undefined): void;
  clear(): void;
  byId(id: string): StoredGrant | undefined;
  find(toolId: string, sellerId: string): StoredGrant | undefined;
  ofTool(toolId: string): readonly StoredGrant[];
  ofSeller(sellerId: string): readonly StoredGrant[];
}

/** Keeps grants by id, tool and seller. */
export function createGrantIndex(): GrantIndex {
  const ids = new Map<string, StoredGrant>();
  const tools = new Map<string, Map<string, StoredGrant>>();
  const sellers = new Map<string, Map<string, StoredGrant>>();
  return {
    put(next, before) {
      if (before !== undefined && before.id !== next.id) ids.delete(before.id);
      ids.set(next.id, next);
      shelf(tools, next.toolId).set(next.sellerId, next);
      shelf(sellers, next.sellerId).set(next.toolId, next);
    },
    clear() {
      for (const map of [ids, tools, sellers]) map.clear();
    },
    byId: (id) => ids.get(id),
    find: (toolId, sellerId) => tools.get(toolId)?.get(sellerId),
    ofTool: (toolId) => [...(tools.get(toolId)?.values() ?? [])],
    ofSeller: (sellerId) => [...(sellers.get(sellerId)?.values() ?? [])],
  };
}

function shelf(of: Map<string, Map<string, StoredGrant>>, name: string): Map<string, StoredGrant> {
  const found = of.get(name);
  if (found !== undefined) return found;
  const made = new Map<string, StoredGrant>();
  of.set(name, made);
  return made;
}
