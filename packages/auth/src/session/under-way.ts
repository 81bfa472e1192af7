/** Shares work while it is under way: whoever asks for the same meanwhile waits for that, and nothing is done twice. */
export function createUnderWay(): (key: string, work: () => Promise<void>) => Promise<void> {
  const underWay = new Map<string, Promise<void>>();
  return (key, work) => {
    const shared = underWay.get(key) ?? work().finally(() => underWay.delete(key));
    underWay.set(key, shared);
    return shared;
  };
}
