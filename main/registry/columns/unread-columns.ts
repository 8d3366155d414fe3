import type { RegistryKind } from "../../../shared/model/registry.ts";
import { isNoValue, statusOf, yesOrNo } from "./cell-words.ts";
import { columnKey } from "./column-key.ts";
import type { Look } from "./column-words.ts";

/*
 * A column whose name says nothing may still be the one on which everything hangs: `Cofnięto` with dates beside grants. What
 * stands in its cells says so in every language.
 */

const DATE =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})|\d{1,2}[. -]{1,2}\p{L}{3,12}[. -]{1,2}\d{4}|\p{L}{3,12} \d{1,2}, ?\d{4})(?:$|[ T,])/u;
/** Dates that every table keeps and that end nothing. */
const OF_THE_TABLE =
  /^(?:creat|updat|modif|chang|edit|sync|export|import|review|audit|check|verif|seen|used|login|visit|request|submit|report|enter|record|regist|log|logged|snapshot|approv|notif|erstell|geandert|geaendert|aktualis|gepruft|geprueft|angelegt|beantrag|exportiert|genehmigt|cree|mis$|verifie|demand|approuv|actualiz|revis|solicit|born|birth|renew|verlanger|seit$|since$|first|start)/u;
/** Names under which a yes or no says whether somebody agreed. */
const ANSWER =
  /^(?:consent|agree|accept|allow|permit|decision|decid|answer|response|choice|grant|granted|approved|valid|effective|einwillig|zustimm|erlaub|entscheid|antwort|gultig|gueltig|accepte|accord|autoris|reponse|acept|permitid|respuesta|autoriz|valido)/u;
/** Whom an app may be of, where nothing else says it. */
const PERHAPS_OWNER =
  /^(?:supplier|provider|customer|client|author|maintainer|creator|belongs|responsible|tenant|holder|account|agency|studio|manufacturer|lieferant|anbieter|kunde|verantwortlich|hersteller|betreiber|autor|fournisseur|auteur|responsable|proveedor|cliente|creador)/u;

/** What the cells and the name of an unread column make it look like, beside what the table has. */
export function lookOfCells(
  name: string,
  cells: readonly string[],
  kind: RegistryKind,
  has: { readonly begin: boolean; readonly end: boolean; readonly status: boolean; readonly owner: boolean },
): Look | undefined {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== "" && !isNoValue(cell));
  const words = columnKey(name).split("_");
  const isNamed = (pattern: RegExp) => words.some((word) => pattern.test(word));
  if (said.length === 0) return undefined;
  if (kind === "apps") return !has.owner && isNamed(PERHAPS_OWNER) ? "owner" : undefined;
  if (kind !== "grants" && kind !== "consents") return undefined;
  // Without a begin, which is asked for, dates may be that.
  if (has.begin && !has.end && !isNamed(OF_THE_TABLE) && said.every((cell) => DATE.test(cell))) return "end";
  if (has.status) return undefined;
  const isAnswer = said.every((cell) => yesOrNo(cell) !== undefined);
  if (isAnswer) return isNamed(ANSWER) ? "status" : undefined;
  return said.every((cell) => statusOf(cell) !== undefined) && said.some((cell) => statusOf(cell) === "ended")
    ? "status"
    : undefined;
}
