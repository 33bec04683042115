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
    if (menu !== null && menu.offsetParent instanceof HTMLElement && menu.classList.contains("at-point")) {
      const room = menu.offsetParent;
      menu.style.left = `${Math.max(4, Math.min(menu.offsetLeft, room.clientWidth - menu.offsetWidth - 4))}px`;
      menu.style.top = `${Math.max(4, Math.min(menu.offsetTop, room.clientHeight - menu.offsetHeight - 4))}px`;
    }
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && menu?.contains(event.target) !== true) close.current();
    };
    window.addEventListener("pointerdown", onPointer, true);
    return () => {
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
