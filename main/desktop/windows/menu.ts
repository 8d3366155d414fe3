import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from "electron";
import {
  COMMAND_IDS,
  type CommandId,
  commandOf,
  isSingleKey,
  keysOf,
  MENUS,
  type MenuName,
} from "../../../shared/contract/commands.ts";
import type { KnownCase } from "../memory/recent-cases.ts";

export interface MenuContext {
  readonly recent: readonly KnownCase[];
  /** Commands that somebody in the focused window's page answers now; undefined: it has not said yet. */
  readonly enabled: ReadonlySet<string> | undefined;
  command(id: CommandId, window: BrowserWindow | undefined): void;
  openRecent(folder: string, window: BrowserWindow | undefined): void;
}

const isMac = process.platform === "darwin";

/** The native menu: every command of the table, in its order. */
export function setMenu(context: MenuContext): void {
  const menus = MENUS.map((name) => ({ label: name, submenu: itemsOf(name, context) }));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...(isMac ? [{ label: app.name, role: "appMenu" as const }] : []), ...menus]),
  );
}

/** Greys the commands that nobody answers, without rebuilding the menu. */
export function enableItems(enabled: ReadonlySet<string>): void {
  const menu = Menu.getApplicationMenu();
  for (const id of COMMAND_IDS) {
    const item = menu?.getMenuItemById(id);
    if (item && !commandOf(id).isNative) item.enabled = enabled.has(id);
  }
}

function itemsOf(name: MenuName, context: MenuContext): MenuItemConstructorOptions[] {
  return COMMAND_IDS.filter((id) => commandOf(id).menu === name).flatMap((id) => {
    const line: MenuItemConstructorOptions[] = commandOf(id).line ? [{ type: "separator" }] : [];
    const recent: MenuItemConstructorOptions[] = id === "case.open" ? [recentMenu(context)] : [];
    return [...line, itemOf(id, context), ...recent];
  });
}

function itemOf(id: CommandId, context: MenuContext): MenuItemConstructorOptions {
  const { title, role, isNative } = commandOf(id);
  const item = { id, label: title, ...acceleratorOf(id) };
  if (role) return { ...item, role };
  return {
    ...item,
    enabled: isNative === true || (context.enabled?.has(id) ?? true),
    click: (_item, window) => context.command(id, window as BrowserWindow | undefined),
  };
}

/**
 * The first keys that a menu can show. Keys without a modifier are shown and left to the page, which knows whether somebody
 * is typing; macOS would act on them, so there they are not shown.
 */
function acceleratorOf(id: CommandId): Pick<MenuItemConstructorOptions, "accelerator" | "registerAccelerator"> {
  const keys = keysOf(id, isMac).find((each) => !each.includes(" ") && !(isMac && isSingleKey(each)));
  if (keys === undefined) return {};
  const accelerator = keys.replace("Mod+", "CmdOrCtrl+");
  return isSingleKey(keys) ? { accelerator, registerAccelerator: false } : { accelerator };
}

function recentMenu({ recent, openRecent }: MenuContext): MenuItemConstructorOptions {
  const there = recent.filter((each) => !each.missing).slice(0, 10);
  return {
    label: "Open recent",
    enabled: there.length > 0,
    submenu: there.map(({ title, folder }) => ({
      label: `${title} (${folder})`.replaceAll("&", "&&"),
      click: (_item, window) => openRecent(folder, window as BrowserWindow | undefined),
    })),
  };
}
