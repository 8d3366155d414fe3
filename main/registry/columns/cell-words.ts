/** Words that stand for no value, as FORMATS has them, in any case, with the dashes that people type. */
const NO_VALUE = new Set(["null", "(null)", "\\n", "none", "nan", "n/a", "-", "\u2013", "\u2014"]);
export const isNoValue = (text: string): boolean => NO_VALUE.has(text.toLowerCase());

const words = (text: string): ReadonlySet<string> => new Set(text.split(" ").map((word) => word.replaceAll("_", " ")));
/** Any case, without accents; `_` and space alike. */
const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, " ")
    .trim();

const NEVER = words(
  "never open ongoing active present current still_held nie offen laufend aktiv jamais en_cours actif nunca vigente activo indefinido unbegrenzt unlimited",
);
/** In a column of ends: there is none. */
export const isNever = (text: string): boolean => NEVER.has(plain(text));

const YES = words("yes y true ja j wahr oui vrai si verdadero x");
const NO = words("no n false nein falsch non faux falso");
/** Yes or no, for columns that answer a question. Undefined: neither. */
export function yesOrNo(text: string): boolean | undefined {
  const word = plain(text);
  return YES.has(word) || word === "1" ? true : NO.has(word) || word === "0" ? false : undefined;
}

const HELD = words(
  "active live enabled granted approved held current valid open ok in_force yes y true 1 " +
    "aktiv gultig gueltig erteilt offen in_kraft ja j actif active valide accorde en_vigueur oui activo activa vigente concedido otorgado valido si",
);
const ENDED = words(
  "revoked removed expired ended terminated withdrawn inactive disabled deactivated deleted cancelled canceled closed suspended blocked banned stopped denied rejected lapsed no n false 0 not_active " +
    "widerrufen entzogen abgelaufen beendet inaktiv deaktiviert gesperrt geloscht geloescht gekundigt gekuendigt abgelehnt nein " +
    "revoque revoquee retire retiree expire expiree termine terminee inactif inactive desactive desactivee supprime supprimee suspendu suspendue bloque bloquee refuse refusee non " +
    "revocado revocada retirado retirada caducado caducada vencido vencida expirado expirada terminado terminada inactivo inactiva desactivado desactivada eliminado eliminada suspendido suspendida bloqueado bloqueada cancelado cancelada denegado rechazado",
);
/** What a status says of a grant or consent. Undefined: nothing that is understood. */
export function statusOf(text: string): "held" | "ended" | undefined {
  const word = plain(text);
  return ENDED.has(word) ? "ended" : HELD.has(word) ? "held" : undefined;
}
