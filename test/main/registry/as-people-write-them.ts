import zlib from "node:zlib";

/** A workbook as the smallest of writers leave it: every text inline, or shared, dates by style. */
export interface BookCell {
  readonly text?: string;
  /** A number, with a style: 0 none, 1 a date, 2 a date with a clock. */
  readonly number?: string;
  readonly style?: 0 | 1 | 2;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

type BookSheets = Readonly<Record<string, readonly (readonly BookCell[])[]>>;

/** XLSX of these sheets (ECMA-376), with shared texts and styles. `is1904`: the day count of old Macs. */
export const workbook = (sheets: BookSheets, is1904 = false, hidden: readonly string[] = []): Buffer =>
  zipped(workbookParts(sheets, is1904, hidden));

/** The files that such a workbook is a zip of. */
export function workbookParts(sheets: BookSheets, is1904 = false, hidden: readonly string[] = []): Map<string, string> {
  const names = Object.keys(sheets);
  const texts: string[] = [];
  const cell = ({ text, number, style = 0 }: BookCell, reference: string): string => {
    if (number !== undefined) return `<c r="${reference}" s="${style}"><v>${number}</v></c>`;
    if (text === undefined || text === "") return "";
    return `<c r="${reference}" t="s"><v>${texts.push(text) - 1}</v></c>`;
  };
  const parts = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const rows = (sheets[name] ?? []).map(
      (row, r) =>
        `<row r="${r + 1}">${row.map((each, c) => cell(each, `${String.fromCharCode(65 + c)}${r + 1}`)).join("")}</row>`,
    );
    parts.set(`xl/worksheets/sheet${index + 1}.xml`, `<worksheet><sheetData>${rows.join("")}</sheetData></worksheet>`);
  }
  const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  parts.set(
    "_rels/.rels",
    `<Relationships><Relationship Id="rId1" Type="${type}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  parts.set(
    "xl/workbook.xml",
    `<workbook xmlns:r="x"><workbookPr${is1904 ? ' date1904="1"' : ""}/><sheets>${names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}"${hidden.includes(name) ? ' state="hidden"' : ""} r:id="rId${i + 1}"/>`).join("")}</sheets></workbook>`,
  );
  parts.set(
    "xl/_rels/workbook.xml.rels",
    `<Relationships>${names.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${type}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join("")}<Relationship Id="s" Type="${type}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="t" Type="${type}/styles" Target="styles.xml"/></Relationships>`,
  );
  parts.set(
    "xl/styles.xml",
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm:ss"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
  );
  parts.set(
    "xl/sharedStrings.xml",
    `<sst>${texts.map((text) => `<si><r><t xml:space="preserve">${escaped(text)}</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si>`).join("")}</sst>`,
  );
  return parts;
}

/** A zip of deflated entries (APPNOTE 4.3). */
export function zipped(parts: ReadonlyMap<string, string>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of parts) {
    const name = Buffer.from(path);
    const content = Buffer.from(text);
    const packed = zlib.deflateRawSync(content);
    const about = Buffer.alloc(22);
    about.writeUInt16LE(0x800, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt16LE(0x21, 8);
    about.writeUInt32LE(zlib.crc32(content), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(content.length, 18);
    about.writeUInt16LE(20, 0);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(name.length, 0);
    bodies.push(Buffer.from("PK\u0003\u0004", "latin1"), about, lengths, name, packed);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), about, lengths, end, name);
    offset += 30 + name.length + packed.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const last = Buffer.alloc(22);
  last.write("PK\u0005\u0006", "latin1");
  last.writeUInt16LE(parts.size, 8);
  last.writeUInt16LE(parts.size, 10);
  last.writeUInt32LE(size, 12);
  last.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, last]);
}
