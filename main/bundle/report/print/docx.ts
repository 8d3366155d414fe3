import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { unzipSync, zipSync } from "fflate";
import { type Block, type Inline, originText, type ReportDocument, type Text, visible } from "../document/tree.ts";
import { chartPng } from "./chart-png.ts";
import { ON_PAPER } from "./chart-svg.ts";

/** A4 with margins of 17 mm, in twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838, margin: 964 };
const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;
const FONT = "Noto Sans";
const MUTED = "4A5463";
const UNFILLED = "FFE08A";
/** Half points. */
const SMALL = 17;
/** Of the text, in px of which 96 are an inch. */
const PICTURE_WIDTH = Math.floor(TEXT_WIDTH / 15);
const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;
/** Each byte of a document is made by its content alone. */
const noTime = () => new Date(1980, 0, 1);

/** The document for a word processor (ECMA-376), to be edited there. Equal documents give equal bytes. */
export async function docxOf(document: ReportDocument): Promise<Uint8Array> {
  const made: Made = { notes: [], pictures: picturesOf(document.blocks) };
  const children = document.blocks.flatMap((block, index) => blockOf(block, made, index));
  const small = (text: string) => new TextRun({ text: visible(text), size: SMALL, color: MUTED });
  const printed = new Document({
    title: visible(document.title),
    creator: visible(document.author),
    lastModifiedBy: visible(document.author),
    styles: { default: { document: { run: { font: FONT, size: 20 } } } },
    numbering: {
      config: [
        {
          reference: "numbers",
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: "%1.",
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 400, hanging: 400 } } },
            },
          ],
        },
      ],
    },
    footnotes: Object.fromEntries(
      made.notes.map((note, index) => [index + 1, { children: [new Paragraph({ children: [small(note)] })] }]),
    ),
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
          },
        },
        headers: { default: new Header({ children: [new Paragraph({ children: [small(document.head)] })] }) },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [
                  small(`${document.foot}   page `),
                  new TextRun({
                    children: [PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES],
                    size: SMALL,
                    color: MUTED,
                  }),
                ],
              }),
            ],
          }),
        },
        children,
      },
    ],
  });
  return repeatable(await Packer.toBuffer(printed), document.at);
}

/** The package with the bundle's time in place of the machine's, in one order of parts. */
function repeatable(bytes: Uint8Array, at: string): Uint8Array {
  const parts = unzipSync(bytes);
  const core = "docProps/core.xml";
  const text = Buffer.from(parts[core] as Uint8Array).toString("utf8");
  parts[core] = Buffer.from(text.replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/gu, `$1${at}`));
  const sorted = Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return zipSync(sorted, { level: 6, mtime: noTime() });
}

/** What blocks share: the notes so far, and the charts as they are drawn. */
interface Made {
  readonly notes: string[];
  readonly pictures: ReadonlyMap<Block, Uint8Array>;
}

function picturesOf(blocks: readonly Block[]): Made["pictures"] {
  const pictures = new Map<Block, Uint8Array>();
  for (const block of blocks) if (block.kind === "chart") pictures.set(block, chartPng(block.chart));
  return pictures;
}

/** Its number is its place: the library's own count goes on from one document to the next. */
function picture(block: Extract<Block, { kind: "chart" }>, pictures: Made["pictures"], place: number): Paragraph {
  const words = visible(block.words);
  const { width, height } = ON_PAPER;
  return new Paragraph({
    children: [
      new ImageRun({
        type: "png",
        data: pictures.get(block) as Uint8Array,
        transformation: { width: PICTURE_WIDTH, height: (PICTURE_WIDTH / width) * height },
        altText: { id: String(place + 1), name: visible(block.title), title: visible(block.title), description: words },
      }),
    ],
  });
}

function runs(text: Text, notes: string[], size?: number): (TextRun | FootnoteReferenceRun)[] {
  const sized = size === undefined ? {} : { size };
  return text.flatMap((piece: Inline) => {
    if (typeof piece === "string") return [new TextRun({ text: visible(piece), ...sized })];
    if ("strong" in piece) return [new TextRun({ text: visible(piece.strong), bold: true, ...sized })];
    if ("code" in piece) return [new TextRun({ text: visible(piece.code), font: "Courier New", ...sized })];
    if ("open" in piece)
      return [
        new TextRun({
          text: `[${visible(piece.open)}]`,
          shading: { type: ShadingType.CLEAR, fill: UNFILLED },
          ...sized,
        }),
      ];
    notes.push(originText(piece.from));
    return [new TextRun({ text: visible(piece.figure), bold: true, ...sized }), new FootnoteReferenceRun(notes.length)];
  });
}

function blockOf(block: Block, made: Made, place: number): (Paragraph | Table)[] {
  switch (block.kind) {
    case "heading":
      return [new Paragraph({ text: visible(block.text), heading: HEADINGS[block.level], keepNext: true })];
    case "paragraph":
      return [new Paragraph({ children: runs(block.text, made.notes), spacing: { after: 120 } })];
    case "list":
      return block.items.map(
        (item) =>
          new Paragraph({
            children: runs(item, made.notes),
            ...(block.isNumbered
              ? { numbering: { reference: "numbers", level: 0, instance: place } }
              : { bullet: { level: 0 } }),
          }),
      );
    case "facts":
      return [
        grid(
          [0.32, 0.68],
          block.rows.map(([label, text]) => [[label], text]),
          { notes: made.notes, isPlain: true },
        ),
        gap(),
      ];
    case "table":
      return [
        caption(block.title),
        grid(shares(block.columns.map(({ share }) => share)), block.rows, {
          notes: made.notes,
          head: block.columns.map(({ title }) => title),
          right: block.columns.map(({ isNumber }) => isNumber === true),
        }),
        ...(block.more === undefined ? [] : [new Paragraph({ children: runs(block.more, made.notes, SMALL) })]),
        gap(),
      ];
    case "chart":
      return [caption(block.title), picture(block, made.pictures, place), gap()];
    case "box":
      return [
        new Paragraph({
          children: [new TextRun({ text: `${visible(block.title)} `, bold: true }), ...runs(block.text, made.notes)],
          border: { left: { style: BorderStyle.SINGLE, size: 16, space: 8, color: MUTED } },
          indent: { left: 160 },
          spacing: { after: 160 },
        }),
      ];
  }
}

const gap = () => new Paragraph({ children: [] });
const caption = (text: string) =>
  new Paragraph({ children: [new TextRun({ text: visible(text), bold: true })], keepNext: true });

const shares = (parts: readonly number[]): number[] => {
  const all = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / all);
};

interface GridOptions {
  readonly notes: string[];
  readonly head?: readonly string[];
  readonly right?: readonly boolean[];
  readonly isPlain?: boolean;
}

function grid(parts: readonly number[], rows: readonly (readonly Text[])[], options: GridOptions): Table {
  const { notes, head, right = [], isPlain = false } = options;
  // Word and LibreOffice agree on widths only where columns and cells have them, in DXA.
  const widths = parts.map((part) => Math.floor(part * TEXT_WIDTH));
  const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
  const line = { style: BorderStyle.SINGLE, size: 4, color: "BBBBBB" };
  const cell = (text: Text, column: number, bold: boolean) =>
    new TableCell({
      width: { size: widths[column] as number, type: WidthType.DXA },
      borders: { top: none, left: none, right: none, bottom: isPlain ? none : line },
      children: [
        new Paragraph({
          children: bold
            ? [new TextRun({ text: visible(text.join("")), bold: true, size: SMALL })]
            : runs(text, notes, isPlain ? undefined : SMALL),
          alignment: right[column] ? AlignmentType.RIGHT : AlignmentType.LEFT,
        }),
      ],
    });
  const row = (cells: readonly Text[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: cells.map((text, column) => cell(text, column, isHead)),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      ...(head === undefined
        ? []
        : [
            row(
              head.map((title) => [title]),
              true,
            ),
          ]),
      ...rows.map((cells) => row(cells, false)),
    ],
  });
}
