import { useEffect, useState } from "preact/hooks";

let newest: number | null = null;
const readers = new Set<(records: number | null) => void>();

/** Puts down how much a replica lacked when it answered. @param records - from before the question that it did not have yet */
export function noteBehind(records: number): void {
  newest = records;
  for (const tell of readers) tell(records);
}

/** How many records the newest answer lacked; 0 where it was whole, `null` where none was asked of a replica. */
export function useBehind(): number | null {
  const [records, setRecords] = useState(newest);
  useEffect(() => {
    readers.add(setRecords);
    setRecords(newest);
    return () => void readers.delete(setRecords);
  }, []);
  return records;
}
