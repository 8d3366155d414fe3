/**
 * Text that a spreadsheet treats as text. What begins like a formula gets an apostrophe in front: log text comes from
 * strangers, and a formula in it would run when the file is opened.
 */
export const spreadsheetText = (text: string): string => (/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text);

/**
 * The text of a cell written as `="00123"`: so exports keep a spreadsheet from taking an id for a number. Of CSV alone, where a
 * cell is what it shows.
 */
export const shownText = (cell: string): string => /^="([^"]*)"$/u.exec(cell)?.[1] ?? cell;
