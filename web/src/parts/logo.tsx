// The logo of a company, or a person's picture; beside its name, so that it says nothing itself.
import { basePath } from "../api/base_path";
import styles from "./logo.module.css";

interface LogoProps {
  url: string; // "": none but the letter
  name: string; // whose it is
  size?: number;
}

export function Logo({ url, name, size = 32 }: LogoProps) {
  const shown = isOurs(url) ? url : `${basePath}/logo/${encodeURIComponent(name)}.svg`;
  return (
    <img className={styles.logo} src={shown} alt="" width={size} height={size} loading="lazy" />
  );
}

// The content policy lets in no picture of anybody else: the letter that the server draws stands for it.
function isOurs(url: string): boolean {
  const { href, origin } = window.location;
  return url !== "" && URL.canParse(url, href) && new URL(url, href).origin === origin;
}
