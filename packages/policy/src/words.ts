/** Words for a person, in both languages. */
export interface Words {
  readonly ko: string;
  readonly en: string;
}

/** The languages Garim speaks to people. */
export type Language = keyof Words;
