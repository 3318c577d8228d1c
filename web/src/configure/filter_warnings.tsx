// What filters for all companies would take away so much of that it is hardly meant: a sentence for each company.
import { Button } from "../parts/button";
import { countOf } from "../text/counts";
import styles from "./filter_warnings.module.css";
import { useShare } from "./use_share";

export function FilterWarnings({ warnings }: { warnings: readonly string[] }) {
  const share = useShare(warnings.length, 5);
  return (
    <>
      <ul className={styles.warnings}>
        {warnings.slice(0, share.count).map((warning) => (
          <li key={warning} className={["foreign", styles.warning].join(" ")}>
            {warning.charAt(0).toUpperCase() + warning.slice(1)}
          </li>
        ))}
      </ul>
      {share.left > 0 && (
        <p className="row small numbers">
          and {countOf(share.left, "more company", "more companies")}
          <Button kind="quiet" onClick={share.more}>
            Show more
          </Button>
        </p>
      )}
    </>
  );
}
