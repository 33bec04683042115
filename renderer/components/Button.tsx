import type { ButtonHTMLAttributes, ReactNode } from "react";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: "plain" | "primary" | "ghost" | "quiet" | "danger";
  size?: "normal" | "small";
  icon?: ReactNode;
  /** Takes the focus when its dialog opens. */
  "data-autofocus"?: boolean;
}

/** A button whose text is a verb. With an icon alone, `aria-label` is the name and the tooltip. */
export function Button({ kind = "plain", size = "normal", icon, children, className = "", title, ...rest }: ButtonProps) {
  const classes = ["button", kind === "plain" ? "" : kind, size === "small" ? "small" : "", children ? "" : "icon", className].filter(Boolean).join(" ");
  return (
    <button type="button" className={classes} title={title ?? (children ? undefined : rest["aria-label"])} {...rest}>
      {icon}
      {children}
    </button>
  );
}
