/**
 * A plain name as it is, any other as a JSON string without control or direction characters. A hostile name could else
 * hide text on a terminal or a page.
 */
export function printable(name: string): string {
  if (!/[\p{C}\p{Zl}\p{Zp},"]|^\s|\s$/u.test(name)) return name;
  return JSON.stringify(name).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
