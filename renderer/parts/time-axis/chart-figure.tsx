import { Button } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import "./charts.css";

interface Props {
  readonly title: string;
  /** What the colours and patterns mean. */
  readonly legend?: ReactNode;
  readonly chart: ReactNode;
  /** The same numbers as a table: every chart has one. */
  readonly table: ReactNode;
}

/** A chart under its title, with [Table] for those who do not see it or want the numbers. */
export function ChartFigure({ title, legend, chart, table }: Props): ReactNode {
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  return (
    <section className="chart-figure" aria-labelledby={id}>
      <div className="chart-head">
        <h2 id={id}>{title}</h2>
        <span className="gap" />
        {!isTable && legend}
        <Button
          size="small"
          variant="outlined"
          text={isTable ? "Chart" : "Table"}
          aria-label={isTable ? `${title}: show the chart` : `${title}: show the table`}
          onClick={() => setIsTable(!isTable)}
        />
      </div>
      {isTable ? (
        <section className="chart-table" aria-label={`${title}, as a table`} tabIndex={0}>
          {table}
        </section>
      ) : (
        chart
      )}
    </section>
  );
}
