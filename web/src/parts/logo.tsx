// The logo of a company, or a person's picture; beside its name, so that it says nothing itself.
import styles from "./logo.module.css";

export function Logo({ url, size = 32 }: { url: string; size?: number }) {
  return <img className={styles.logo} src={url} alt="" width={size} height={size} loading="lazy" />;
}
