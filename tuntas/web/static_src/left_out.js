// Stands in for the kinds of keys that no report has (keys against quantum computers, keys on cards): 17 kB less to load.
export const MLKEM768P256 = null;
export const MLKEM768X25519 = null;
export const p256 = null;
