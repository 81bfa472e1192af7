import { useEffect, useState } from "preact/hooks";

let newest = 0;
const readers = new Set<(records: number) => void>();

/** Puts down how much a replica lacked when it answered. @param records - from before the question that it did not have yet */
export function noteBehind(records: number): void {
  newest = records;
  for (const tell of readers) tell(records);
}

/** How many records the newest answer lacked; 0 where it was whole. */
export function useBehind(): number {
  const [records, setRecords] = useState(newest);
  useEffect(() => {
    readers.add(setRecords);
    setRecords(newest);
    return () => void readers.delete(setRecords);
  }, []);
  return records;
}
