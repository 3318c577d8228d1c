// A link that looks as a button does: for what leads elsewhere, and can be opened in another tab.
import { Link, type LinkProps } from "react-router-dom";

import styles from "./button.module.css";

interface ButtonLinkProps extends LinkProps {
  kind?: "primary" | "plain" | "quiet";
}

export function ButtonLink({ kind = "plain", ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={[styles.button, styles[kind], styles.link].join(" ")} />;
}
