import type { ReactNode } from "react";
import type { Block, Inline } from "./markdown.ts";

/** Blocks as elements. `onPage`: a link to another page of the help; every other link is shown as text, since nothing leaves the app. */
export function Blocks({ blocks, onPage }: { blocks: readonly Block[]; onPage(name: string): void }): ReactNode {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a page never move
    <div key={index} id={`help-${index}`} className="help-block">
      {one(block, onPage)}
    </div>
  ));
}

function one(block: Block, onPage: (name: string) => void): ReactNode {
  switch (block.kind) {
    case "heading":
      return block.level <= 1 ? (
        <h3 className="help-title">{pieces(block.inside, onPage)}</h3>
      ) : (
        <h4>{pieces(block.inside, onPage)}</h4>
      );
    case "paragraph":
      return <p>{pieces(block.inside, onPage)}</p>;
    case "quote":
      return <blockquote>{pieces(block.inside, onPage)}</blockquote>;
    case "code":
      return <pre>{block.text}</pre>;
    case "list": {
      const items = block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>{pieces(item, onPage)}</li>
      ));
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return (
        <div className="table-scroll" tabIndex={0} role="group" aria-label="Table">
          <table className="table">
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <th key={index} scope="col">
                    {pieces(cell, onPage)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <tr key={at}>
                  {row.map((cell, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: see above
                    <td key={index}>{pieces(cell, onPage)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function pieces(inside: readonly Inline[], onPage: (name: string) => void): ReactNode {
  return inside.map((piece, index) => {
    switch (piece.kind) {
      case "text":
        return piece.text;
      case "code":
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <code key={index}>{piece.text}</code>;
      case "strong":
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <strong key={index}>{pieces(piece.inside, onPage)}</strong>;
      case "em":
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <em key={index}>{pieces(piece.inside, onPage)}</em>;
      case "link": {
        const page = /^(?:\.\/)?([\w-]+)\.md(?:#.*)?$/.exec(piece.to)?.[1];
        return page === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <span key={index}>
            {pieces(piece.inside, onPage)} ({piece.to})
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <button key={index} type="button" className="link" onClick={() => onPage(page)}>
            {pieces(piece.inside, onPage)}
          </button>
        );
      }
    }
    return null;
  });
}
