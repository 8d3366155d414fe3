import { InputGroup } from "@blueprintjs/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { SideSheet } from "../../parts/side-sheet.tsx";
import { useSession, useShared } from "../../session/session.tsx";
import { withOverlay } from "../../session/state.ts";
import { PAGES } from "./pages.ts";
import { Blocks } from "./render.tsx";
import { searchHelp } from "./search.ts";
import "./help.css";

/** The manual, beside the work. */
export function HelpDrawer(): ReactNode {
  const session = useSession();
  const overlay = useShared((state) => state.overlay);
  const isOpen = overlay?.kind === "help";
  const close = () => session.store.update((state) => withOverlay(state, undefined));
  return (
    <SideSheet isOpen={isOpen} size="min(920px, 94vw)" title="Help" onClose={close} className="help">
      {overlay?.kind === "help" && <Manual wanted={overlay.page} />}
    </SideSheet>
  );
}

function Manual({ wanted }: { wanted: string | undefined }): ReactNode {
  const [name, setName] = useState(wanted ?? "filter");
  const [search, setSearch] = useState("");
  const [place, setPlace] = useState<number>();
  const page = PAGES.find((each) => each.name === name) ?? PAGES[0];
  const hits = searchHelp(PAGES, search);
  const body = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    // the pages are short; a jump is enough
    const target = place === undefined ? undefined : body.current?.querySelector(`#help-${place}`);
    if (target) target.scrollIntoView({ block: "start" });
    else body.current?.scrollTo({ top: 0 });
  }, [place, name]);

  const open = (next: string, block?: number) => {
    setName(next);
    setPlace(block);
    setSearch("");
  };
  return (
    <div className="help-body">
      <nav className="help-pages" aria-label="Help pages">
        <InputGroup
          type="search"
          aria-label="Search the help"
          placeholder="Search"
          value={search}
          onValueChange={setSearch}
        />
        <ul>
          {PAGES.map((each) => (
            <li key={each.name}>
              <button
                type="button"
                className="help-page"
                aria-current={each === page && search === "" ? "page" : undefined}
                onClick={() => open(each.name)}
              >
                {each.title}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <article ref={body} className="help-text" tabIndex={0} aria-label={search === "" ? page?.title : "Found"}>
        {search !== "" ? (
          <ul className="help-hits">
            {hits.length === 0 && <li>Nothing in the help holds these words.</li>}
            {hits.map((hit) => (
              <li key={`${hit.page.name} ${hit.block}`}>
                <button type="button" className="link" onClick={() => open(hit.page.name, hit.block)}>
                  {hit.page.title}
                </button>
                <p className="muted">{hit.excerpt}</p>
              </li>
            ))}
          </ul>
        ) : (
          page && <Blocks blocks={page.blocks} onPage={open} />
        )}
      </article>
    </div>
  );
}
