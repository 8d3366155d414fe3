/**
 * Text that a spreadsheet treats as text. What begins like a formula gets an apostrophe in front: log text comes from
 * strangers, and a formula in it would run when the file is opened.
 */
export const spreadsheetText = (text: string): string => (/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text);
