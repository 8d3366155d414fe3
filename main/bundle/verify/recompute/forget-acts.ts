import type { Case } from "../../../case/case.ts";

/** From here on the rows of a throw-away case are the bundle's, and not what its own acts made. */
export const forgetActs = ({ db }: Case): void => {
  db.exec("drop trigger if exists custody_stays; delete from custody");
};
