export const OUT: string;
export const STAMP: string;
