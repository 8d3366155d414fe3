/** Months in German, French and Spanish, without accents; those of English are among them where the languages agree. */
const MONTHS: readonly (readonly [english: string, words: string])[] = [
  ["jan", "januar janner jan janvier janv enero ene"],
  ["feb", "februar feber feb fevrier fevr fev febrero"],
  ["mar", "marz mrz mars marzo mar"],
  ["apr", "april apr avril avr abril abr"],
  ["may", "mai mayo may"],
  ["jun", "juni jun juin junio"],
  ["jul", "juli jul juillet juil julio"],
  ["aug", "august aug aout agosto ago"],
  ["sep", "september sept sep septembre septiembre setiembre"],
  ["oct", "oktober okt octobre oct octubre"],
  ["nov", "november nov novembre noviembre"],
  ["dec", "dezember dez decembre dec diciembre dic"],
];
const ENGLISH = new Map(MONTHS.flatMap(([english, words]) => words.split(" ").map((word) => [word, english] as const)));

/** Between the parts of a date and its clock: `1 de mayo de 2024 a las 10:00`, `1er mai 2024 à 10:00`, `1. Mai 2024 um 10:00 Uhr`. */
const FILLERS = new Set(["de", "del", "a", "las", "les", "le", "la", "el", "um", "uhr", "den", "der", "am", "er"]);
const WEEKDAYS = new Set(
  [
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
    "lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom",
  ].flatMap((words) => words.split(" ")),
);
const WORD = /(?<=^|[\s\d.,-])([a-z]{1,10})\.?(?=$|[\s\d.,-])/giu;
const ACCENTS = /\p{M}/gu;

/** `2024年5月1日 (水) 午後 10時00分08秒`: Chinese and Japanese. */
const CJK =
  /^(\d{4})年\s*(\d\d?)月\s*(\d\d?)日\s*(?:[（(]?(?:星期|周|週)?[日一二三四五六月火水木金土](?:曜日?)?[)）]?)?\s*(上午|下午|午前|午後)?\s*(\d\d?)[:：時时]\s*(\d\d?)(?:[:：分]\s*(\d\d?)([.,]\d+)?秒?|分)?\s*(.*)$/u;
const AFTERNOON = new Set(["下午", "午後"]);

const two = (figures: string): string => figures.padStart(2, "0");

/**
 * A time in which months and particles are of another language, as it would be in English or ISO 8601; undefined where
 * there is nothing to translate.
 */
export function inEnglish(text: string): string | undefined {
  const cjk = CJK.exec(text);
  if (cjk) {
    const [, year, month = "", day = "", half, hour = "", minute = "", second = "0", fraction = "", rest = ""] = cjk;
    const clock = `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
    const isAfternoon = half !== undefined && AFTERNOON.has(half);
    return `${year}-${two(month)}-${two(day)} ${clock}${half === undefined ? "" : isAfternoon ? " PM" : " AM"} ${rest}`.trim();
  }
  const plain = text.normalize("NFD").replace(ACCENTS, "");
  const months = [...plain.matchAll(WORD)].filter(([, word = ""]) => ENGLISH.has(word.toLowerCase()));
  let isOther = plain !== text;
  let hasMonth = false;
  const words = plain.replace(WORD, (written, word: string, at: number) => {
    const key = word.toLowerCase();
    // In French and Spanish `mar` is a Tuesday too.
    const isWeekday = at === 0 && WEEKDAYS.has(key) && (!ENGLISH.has(key) || months.length > 1);
    if (isWeekday || FILLERS.has(key)) {
      isOther = true;
      return "";
    }
    const month = hasMonth ? undefined : ENGLISH.get(key);
    if (month === undefined) return written;
    hasMonth = true;
    isOther ||= !key.startsWith(month) || written.endsWith(".");
    return month;
  });
  if (!isOther || !hasMonth) return undefined;
  return words
    .replace(/^[\s.,]+/u, "")
    .replace(/^(\d\d?)\s*\.\s*/u, "$1 ")
    .replace(/\s+/gu, " ")
    .trim();
}
