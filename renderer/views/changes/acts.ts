/** The two acts that a place compares the case behind, as its `of`: `12-15`, `12-`, or nothing for the last change. */
interface Acts {
  readonly before?: number;
  readonly after?: number;
}

export const ofActs = ({ before, after }: Acts): string => `${before ?? ""}-${after ?? ""}`;

export function actsOf(of: string | undefined): Acts {
  const [before, after] = (of ?? "").split("-").map((text) => (/^\d{1,12}$/u.test(text) ? Number(text) : undefined));
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
