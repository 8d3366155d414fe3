/** What an import will take, before it is begun. Bytes and seconds. */
export interface Estimate {
  files: {
    file: string;
    /** Of the file as it is given, and unpacked. */
    bytes: number;
    content_bytes: number;
    rows: number;
    seconds: number;
    /** It is in the case already, complete or begun, and needs nothing more. */
    known?: true;
    /** Why it cannot be estimated. Only its own bytes are counted. */
    unknown?: string;
  }[];
  rows: number;
  seconds: number;
  /** Room on the case's disk. `cache` can be deleted afterwards, and grows again when questions are asked. */
  needs: { evidence: number; database: number; cache: number };
  free: number;
  /** All of `needs` is free. */
  fits: boolean;
  /** How rows, seconds and disk space were estimated, as a sentence. */
  basis: string;
}
