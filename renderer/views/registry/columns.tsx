import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { RegistryKind, RegistryPageRow } from "../../../shared/model/registry.ts";
import type { RowColumn } from "../../parts/finding-table/row-grid.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { clock } from "../../text/format.ts";

interface Ways {
  developer(id: string): void;
  calls(filter: string): void;
}

interface Shape {
  readonly name: string;
  readonly heading: string;
  readonly width: string;
  readonly look: "text" | "id" | "time" | "count" | "developer";
  /** In place of an absent value. */
  readonly none?: string;
}

const time = (name: string, heading: string, none: string): Shape => ({
  name,
  heading,
  width: "132px",
  look: "time",
  none,
});
const APP: Shape = { name: "app", heading: "App", width: "minmax(80px, 0.6fr)", look: "id" };
const PERMISSION: Shape = { name: "permission", heading: "Permission", width: "minmax(120px, 1fr)", look: "id" };

const SHAPES: Readonly<Record<RegistryKind, readonly Shape[]>> = {
  developers: [
    { name: "developer_id", heading: "Id", width: "minmax(80px, 0.5fr)", look: "developer" },
    { name: "developer", heading: "Developer", width: "minmax(160px, 1.4fr)", look: "text" },
    { name: "contact", heading: "Contact", width: "minmax(120px, 1fr)", look: "text", none: "none" },
    { name: "country", heading: "Country", width: "64px", look: "text", none: "none" },
  ],
  apps: [
    APP,
    { name: "app_name", heading: "App name", width: "minmax(120px, 1fr)", look: "text", none: "not named" },
    { name: "developer_id", heading: "Developer", width: "minmax(80px, 0.6fr)", look: "developer", none: "nobody" },
    { name: "status", heading: "Status", width: "80px", look: "text", none: "none" },
    time("owned_from", "Owned from (UTC)", "since ever"),
    time("owned_until", "Owned until (UTC)", "for good"),
  ],
  grants: [
    APP,
    PERMISSION,
    time("granted_at", "Granted (UTC)", "since ever"),
    time("revoked_at", "Revoked (UTC)", "not revoked"),
  ],
  consents: [
    { name: "subject", heading: "Person", width: "minmax(96px, 1fr)", look: "id" },
    APP,
    PERMISSION,
    time("given_at", "Given (UTC)", "since ever"),
    time("withdrawn_at", "Withdrawn (UTC)", "not withdrawn"),
  ],
  resources: [
    { name: "resource", heading: "Resource", width: "minmax(96px, 1fr)", look: "id" },
    { name: "title", heading: "Title", width: "minmax(120px, 1.4fr)", look: "text", none: "none" },
    { name: "people", heading: "People", width: "80px", look: "count", none: "not known" },
    { name: "visibility", heading: "Visibility", width: "96px", look: "text", none: "none" },
  ],
};

/** The calls that a row speaks of. */
function callsOf(kind: RegistryKind, { values }: RegistryPageRow): string | undefined {
  const term = (field: string, value: string | number | undefined) =>
    value === undefined ? undefined : `${field}:${quote(String(value))}`;
  switch (kind) {
    case "developers":
      return term("developer", values.developer_id);
    case "apps":
    case "grants":
      return term("app", values.app);
    case "consents":
      return [term("subjects", values.subject), term("app", values.app)].filter(Boolean).join(" ");
    case "resources":
      return term("resource", values.resource);
  }
}

/** The columns of a kind, then its calls and where the row came from. */
export function columnsFor(kind: RegistryKind, ways: Ways): RowColumn<RegistryPageRow>[] {
  return [
    ...SHAPES[kind].map(
      (shape): RowColumn<RegistryPageRow> => ({
        name: shape.name,
        heading: shape.heading,
        width: shape.width,
        ...(shape.look === "count" ? { isRight: true } : {}),
        cell: (row, isStop) => cellOf(shape, row, isStop, ways),
      }),
    ),
    {
      name: "calls",
      heading: "Calls",
      width: "52px",
      isFixed: true,
      cell: (row, isStop) => {
        const filter = callsOf(kind, row);
        return filter === undefined ? null : (
          <button
            type="button"
            className="link"
            tabIndex={isStop ? 0 : -1}
            title={`Show the rows: ${inertText(filter)}`}
            onClick={() => ways.calls(filter)}
          >
            Show
          </button>
        );
      },
    },
    {
      name: "from",
      heading: "From",
      width: "minmax(140px, 0.9fr)",
      isFixed: true,
      cell: ({ file, place }) => {
        const words = place ?? file ?? "an older import";
        const title = place !== undefined && file !== undefined && !place.includes(file) ? `${file}, ${place}` : words;
        return (
          <span className="cut muted" title={inertText(title)}>
            <Inert text={title} most={160} />
          </span>
        );
      },
    },
  ];
}

function cellOf(shape: Shape, { values }: RegistryPageRow, isStop: boolean, ways: Ways): ReactNode {
  const value = values[shape.name];
  if (value === undefined) return <span className="muted">{shape.none ?? ""}</span>;
  const text = String(value);
  switch (shape.look) {
    case "count":
      return <span title="As the registry says: it counts no row">{figure(Number(value))}</span>;
    case "time":
      return <span className="mono">{clock(text)}</span>;
    case "developer":
      return (
        <button type="button" className="link cut" tabIndex={isStop ? 0 : -1} onClick={() => ways.developer(text)}>
          <Inert text={text} most={120} />
        </button>
      );
    default:
      return (
        <span className={shape.look === "id" ? "mono cut" : "cut"} title={inertText(text)}>
          <Inert text={text} most={200} />
        </span>
      );
  }
}
