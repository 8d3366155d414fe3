import type { ReactNode } from "react";
import { useSession } from "../../session/session.tsx";
import type { DeveloperList } from "./lists.ts";
import { ofList } from "./lists.ts";

/** A number of developers that opens their list. */
export function ListLink({
  list,
  children,
}: {
  list: Pick<DeveloperList, "name" | "title">;
  children: ReactNode;
}): ReactNode {
  const session = useSession();
  return (
    <button
      type="button"
      className="link"
      title={`Show the developers: ${list.title}`}
      onClick={() => session.go({ screen: "developers", of: ofList(list.name) })}
    >
      {children}
    </button>
  );
}
