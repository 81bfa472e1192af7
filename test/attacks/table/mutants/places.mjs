// @ts-check

/** @param {string} name - from a package's sources */
export const policy = (name) => `packages/policy/src/${name}`;
/** @param {string} name */
export const masking = (name) => `packages/masking/src/${name}`;
/** @param {string} name */
export const auth = (name) => `packages/auth/src/${name}`;
/** @param {string} name */
export const audit = (name) => `packages/audit/src/${name}`;
/** @param {string} name */
export const express = (name) => `packages/express/src/${name}`;
/** @param {string} name */
export const workbook = (name) => `packages/workbook/src/${name}`;
/** @param {string} name */
export const tokenServer = (name) => `packages/token-server/src/${name}`;

/** Test files of the attacks' own folder. @param {readonly string[]} names */
export const attacks = (...names) => names.map((name) => `test/attacks/${name}.test.ts`);
