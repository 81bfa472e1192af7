/** Version 3 of the container: what every reader takes. */
export const SECTOR = 512;
export const MINI_SECTOR = 64;
/** Streams below this stand in the mini stream. */
export const MINI_CUTOFF = 4_096;

/** Marks in the table of sectors. */
export const FREE = 0xffff_ffff;
export const END_OF_CHAIN = 0xffff_fffe;
export const TABLE_SECTOR = 0xffff_fffd;
export const TABLE_LIST_SECTOR = 0xffff_fffc;

/** Sectors one sector of the table speaks of. */
export const ENTRIES: number = SECTOR / 4;
/** Sectors of the table that the header lists; from a file of 6.8 MiB on, further sectors list the others. */
export const LISTED_IN_HEADER = 109;

export const SIGNATURE: Uint8Array = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
