import { app } from "./app.ts";
import { BrowserWindow } from "./window.ts";

interface ItemOptions {
  id?: string;
  label?: string;
  role?: string;
  type?: string;
  accelerator?: string;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  submenu?: Menu | (ItemOptions | MenuItem)[];
  click?: (item: MenuItem, window: BrowserWindow | null, event: object) => void;
}

/** What the roles do that need the host; the others (copy, paste, undo…) the page does by itself. */
const ROLES: Record<string, (window: BrowserWindow | null) => void> = {
  quit: () => app.quit(),
  close: (window) => window?.close(),
  minimize: (window) => window?.minimize(),
  reload: (window) => window?.webContents.reload(),
  togglefullscreen: (window) => window?.setFullScreen(!window.isFullScreen()),
};

export class MenuItem {
  readonly id: string | undefined;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #click: ItemOptions["click"];

  constructor(o: ItemOptions) {
    this.id = o.id;
    this.role = o.role;
    this.submenu = Array.isArray(o.submenu) ? Menu.buildFromTemplate(o.submenu) : o.submenu;
    this.type = o.type ?? (o.submenu ? "submenu" : "normal");
    this.accelerator = o.accelerator;
    this.label = o.label ?? o.role ?? "";
    this.enabled = o.enabled ?? true;
    this.visible = o.visible ?? true;
    this.checked = o.checked ?? false;
    this.#click = o.click;
  }

  click(): void {
    if (!this.enabled) return;
    if (this.type === "checkbox") this.checked = !this.checked;
    if (this.type === "radio") this.checked = true;
    const window = BrowserWindow.getFocusedWindow();
    if (this.#click) this.#click(this, window, {});
    else ROLES[this.role?.toLowerCase() ?? ""]?.(window);
  }
}

let applicationMenu: Menu | null = null;

export class Menu {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly (ItemOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }
  getMenuItemById(id: string): MenuItem | null {
    return find(this, (item) => item.id === id) ?? null;
  }
}

function find(menu: Menu | null | undefined, wanted: (item: MenuItem) => boolean): MenuItem | undefined {
  for (const item of menu?.items ?? []) {
    const found = wanted(item) ? item : find(item.submenu, wanted);
    if (found) return found;
  }
}

const control = process.platform === "darwin" ? "meta" : "ctrl";
const KEYS: Record<string, string> = {
  cmdorctrl: control,
  commandorcontrol: control,
  control: "ctrl",
  cmd: "meta",
  command: "meta",
  super: "meta",
  option: "alt",
  plus: "+",
  enter: "return",
  esc: "escape",
  " ": "space",
  arrowup: "up",
  arrowdown: "down",
  arrowleft: "left",
  arrowright: "right",
};
const normal = (keys: readonly string[]): string =>
  keys
    .map((k) => KEYS[k.toLowerCase()] ?? k.toLowerCase())
    .sort()
    .join("+");

/** Clicks the item of the application menu whose accelerator this is. */
export function pressAccelerator(key: string, modifiers: readonly string[]): void {
  const pressed = normal([...modifiers, key]);
  find(applicationMenu, (i) => i.enabled && normal(i.accelerator?.split("+") ?? []) === pressed)?.click();
}
