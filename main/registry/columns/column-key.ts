const ACCENTS = /\p{M}/gu;

/**
 * How a column is compared: any case; `_`, `-`, space and the humps of camelCase alike; without accents. `Révoqué le` is
 * `revoque_le`, `grantedAt` is `granted_at`.
 */
export const columnKey = (name: string): string =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1_$2")
    .normalize("NFD")
    .replace(ACCENTS, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_+|_+$/gu, "");

/** The same without `_`: `granted at`, `GrantedAt` and `grantedat` are one. */
export const squashed = (name: string): string => columnKey(name).replaceAll("_", "");
