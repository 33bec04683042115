import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly detail?: ReactNode;
  readonly disabled?: boolean;
  act(): void;
}

interface PopupMenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Place in its positioned ancestor; absent: under its anchor. */
  readonly at?: { readonly x: number; readonly y: number };
  onClose(): void;
}

/** A small menu: arrows move, Enter acts, Escape and a click elsewhere close it, and the focus goes back where it was. */
export function PopupMenu({ label, items, at, onClose }: PopupMenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const menu = list.current;
    const before = document.activeElement;
    menu?.querySelector<HTMLElement>("[role=menuitem]:not(:disabled)")?.focus();
    if (menu !== null) placeMenu(menu);
    const onResize = () => close.current();
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && menu?.contains(event.target) !== true) close.current();
    };
    window.addEventListener("pointerdown", onPointer, true);
    window.addEventListener("resize", onResize);
    return () => {
      window.removeEventListener("resize", onResize);
      window.removeEventListener("pointerdown", onPointer, true);
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]:not(:disabled)") ?? [])];
    const current = entries.findIndex((entry) => entry === document.activeElement);
    if (event.key === "ArrowDown") entries[(current + 1) % entries.length]?.focus();
    else if (event.key === "ArrowUp") entries[(current - 1 + entries.length) % entries.length]?.focus();
    else if (event.key === "Home") entries[0]?.focus();
    else if (event.key === "End") entries.at(-1)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} className={`popup-menu${at === undefined ? "" : " at-point"}`} role="menu" aria-label={label} tabIndex={-1} style={at === undefined ? undefined : { left: at.x, top: at.y }} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.id} type="button" role="menuitem" disabled={item.disabled === true}
          onClick={() => {
            onClose();
            item.act();
          }}
        >
          <span>{item.label}</span>
          {item.detail === undefined ? null : <span className="muted">{item.detail}</span>}
        </button>
      ))}
    </div>
  );
}

/** Keeps a menu whole on the page: moved in at its point, or above its anchor where there is more room than below. */
function placeMenu(menu: HTMLElement): void {
  if (menu.classList.contains("at-point")) {
    if (!(menu.offsetParent instanceof HTMLElement)) return;
    const room = menu.offsetParent;
    menu.style.left = `${Math.max(4, Math.min(menu.offsetLeft, room.clientWidth - menu.offsetWidth - 4))}px`;
    menu.style.top = `${Math.max(4, Math.min(menu.offsetTop, room.clientHeight - menu.offsetHeight - 4))}px`;
    return;
  }
  const anchor = menu.parentElement?.getBoundingClientRect();
  if (anchor === undefined) return;
  // Fixed, for the pane that holds it cuts off what reaches over its edge.
  const gap = 4;
  const below = window.innerHeight - anchor.bottom - 2 * gap;
  const above = anchor.top - 2 * gap;
  const goesUp = menu.offsetHeight > below && above > below;
  const height = Math.min(menu.offsetHeight, goesUp ? above : below);
  Object.assign(menu.style, {
    position: "fixed", maxHeight: `${height}px`, left: `${Math.max(gap, Math.min(anchor.left, window.innerWidth - menu.offsetWidth - gap))}px`,
    top: `${goesUp ? anchor.top - gap - height : anchor.bottom + gap}px`,
  });
}
