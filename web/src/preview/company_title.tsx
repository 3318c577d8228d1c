// A company's logo and name, as the heading of its part.
import type { Company } from "../api/queries";
import { Logo } from "../parts/logo";
import styles from "./company_section.module.css";

export function CompanyTitle({ title, known }: { title: string; known: Company | undefined }) {
  return (
    <span className={styles.name}>
      {known !== undefined && <Logo url={known.logo_url} name={title} size={22} />}
      <span className={[styles.clamped, "foreign"].join(" ")}>{title}</span>
    </span>
  );
}
