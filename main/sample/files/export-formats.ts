import { personId } from "../incident/actors.ts";
import { berlinHours, SECOND } from "../incident/calendar.ts";
import type { Call, FieldSet } from "../incident/call-kinds.ts";

const TWO = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, "0"));
const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MINUTE = 60 * SECOND;

/** Remembers what it made of a value: there are few different ones. */
function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}

/** A time to its minute is written once; calls come in time order. */
function byMinute(write: (date: Date, minute: number) => string): (time: number) => string {
  let minute = Number.NaN;
  let text = "";
  return (time) => {
    const now = Math.floor(time / MINUTE);
    if (now !== minute) {
      minute = now;
      text = write(new Date(now * 60_000), now * MINUTE);
    }
    return text;
  };
}

const seconds = (time: number): string => TWO[Math.floor((time % MINUTE) / SECOND)] as string;

const csvCell = remembered((text: string) =>
  /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
);
const semicolonCell = remembered((text: string) =>
  windows1252(/[";\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text),
);
const jsonText = remembered((text: string) => JSON.stringify(text));

/** As a string of bytes. */
function windows1252(text: string): string {
  return text.replaceAll("€", "\x80").replaceAll("—", "\x97");
}

function idList(people: readonly number[], separator: string): string {
  let text = personId(people[0] as number);
  for (let i = 1; i < people.length; i++) text += separator + personId(people[i] as number);
  return text;
}

const utcMinute = byMinute((date) => date.toISOString().slice(0, 17));

const fieldCell = remembered((fields: FieldSet) => csvCell(fields.list.join(";")));

export const CSV_HEADER =
  "timestamp,app_id,developer,api,operation,method,path,status,user_id,group_id,fields,member_ids,client_ip,user_agent,request_id,bytes,duration_ms";

/** Export 1: UTF-8, commas, UTC with Z, columns that need no mapping. */
export function csvLine(call: Call, group: string): string {
  const micros = call.time % SECOND;
  const fraction = micros % 1000 === 0 ? String(1000 + micros / 1000) : String(1_000_000 + micros);
  return (
    `${utcMinute(call.time)}${seconds(call.time)}.${fraction.slice(1)}Z,${call.app?.id ?? ""},${csvCell(call.logDeveloper)},` +
    `${call.operation.api},${call.operation.name},${call.operation.method},${call.path},${call.status || ""},${call.actor},${group},` +
    `${fieldCell(call.fields)},${call.people === undefined ? "" : idList(call.people, ";")},${call.ip},${csvCell(call.agent)},` +
    `${call.requestId},${call.bytes},${call.duration}`
  );
}

const jsonFields = remembered((fields: FieldSet) => JSON.stringify(fields.list));
const jsonClient = remembered((app: string) =>
  remembered((name: string) => JSON.stringify(name === "" ? { id: app } : { id: app, name })),
);

/** Export 2: JSON lines of a gateway's own making, times in ms since 1970. */
export function jsonLine(call: Call): string {
  const time = call.time / 1000;
  // Some of its nodes write the time as text; some leave out fields that they do not know, some write an empty list.
  const node = call.bytes % 64;
  let answer = call.status === 0 ? "" : `"code":${call.status},`;
  if (call.verdict) answer += `"verdict":"${call.outcome}",`;
  if (call.fields.list.length > 0 || node < 32) answer += `"fields":${jsonFields(call.fields)},`;
  if (call.count >= 0) answer += `"count":${call.count},`;
  if (call.people !== undefined) answer += '"members":[],';
  return (
    `{"ts":${node === 7 ? `"${time}"` : time},"id":"${call.requestId}","client":${jsonClient(call.app?.id ?? "")(call.logDeveloper)},` +
    `"user":"${call.actor}","req":{"verb":"${call.operation.method}","path":"${call.path}","ip":"${call.ip}","ua":${jsonText(call.agent)}},` +
    `"res":{${answer}"bytes":${call.bytes},"ms":${call.duration}}}`
  );
}

const apacheMinute = byMinute((date, minute) => {
  const hours = berlinHours(minute);
  const local = new Date(date.getTime() + hours * 3_600_000);
  const day = `${TWO[local.getUTCDate()]}/${MONTH_NAMES[local.getUTCMonth()]}/${local.getUTCFullYear()}`;
  return `${day}:${TWO[local.getUTCHours()]}:${TWO[local.getUTCMinutes()]}:`;
});
const plainQuery = remembered((fields: FieldSet) => fields.list.join(","));
const codedQuery = remembered((fields: FieldSet) => encodeURIComponent(fields.list.join(",")));

/** Export 3: a front end's access log; what was asked for stands in the query. */
export function combinedLine(call: Call): string {
  const parameters: string[] = [];
  if (call.fields.list.length > 0) {
    parameters.push(`fields=${call.bytes % 2 === 1 ? codedQuery(call.fields) : plainQuery(call.fields)}`);
  }
  // The parameter had another name until the version of 2019.
  if (call.app !== undefined) parameters.push(`${call.path.startsWith("/v3") ? "app" : "client_id"}=${call.app.id}`);
  const query = parameters.length > 0 ? `?${parameters.join("&")}` : "";
  return (
    `${call.ip} - - [${apacheMinute(call.time)}${seconds(call.time)} +0${berlinHours(call.time)}00] ` +
    `"${call.operation.method} ${call.path}${query} HTTP/1.1" ${call.status} ${call.bytes === 0 ? "-" : call.bytes} "-" "${call.agent}"`
  );
}

export const DESK_PREAMBLE = ["Partner-Desk;Auszug aller Zugriffe", "Stand;05.11.2019"];
export const DESK_HEADER =
  "Zeit;Anwendung;Partner;Dienst;Vorgang;Methode;Pfad;Status;Konto;Gruppe;Felder;Mitglieder;Anzahl;Adresse;Programm;Größe";

const deskMinute = byMinute((date, minute) => {
  const local = new Date(date.getTime() + berlinHours(minute) * 3_600_000);
  return `${TWO[local.getUTCDate()]}.${TWO[local.getUTCMonth() + 1]}.${local.getUTCFullYear()} ${TWO[local.getUTCHours()]}:${TWO[local.getUTCMinutes()]}:`;
});
const deskFields = remembered((fields: FieldSet) => fields.list.join(","));

/** Export 4: semicolons, windows-1252, Berlin's clock without a zone. A string of bytes. */
export function deskLine(call: Call, group: string): string {
  return (
    `${deskMinute(call.time)}${seconds(call.time)};${call.app?.id ?? ""};${semicolonCell(call.logDeveloper)};${call.operation.api};` +
    `${call.operation.name};${call.operation.method};${call.path};${call.status || ""};${call.actor};${group};${deskFields(call.fields)};` +
    `${call.people === undefined ? "" : idList(call.people, ",")};${call.count < 0 ? "" : call.count};${call.ip};${semicolonCell(call.agent)};${call.bytes}`
  );
}

/** A Berlin time that never was: the clock went from 02:00 to 03:00. */
export const NEVER_IN_BERLIN = "25.03.2018 02:30:00";
