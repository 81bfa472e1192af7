/** The SQL of roles with no more rights than they need. */
export const ROLE_SQL: string = "";
