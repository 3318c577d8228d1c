// Lines of a run's log put straight into the database, as another process would write them.
import { postgres } from './databases.mjs';

const begin = postgres ? 'BEGIN' : 'BEGIN IMMEDIATE';
const news = (runId) => (postgres ? `NOTIFY rolecall_run_news, '${runId}';` : '');

// Appends `count` lines of one moment (milliseconds since 1970), not before that of the last; their messages end with
// their number.
export async function appendLines(site, runId, count, at, { level = 'info', company = null, words = 'line' } = {}) {
  const owner = company === null ? 'NULL' : `'${company}'`;
  await site.sql(`${begin};
    UPDATE run_log_heads SET last_seq = last_seq + ${count} WHERE run_id = ${runId};
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO run_lines (run_id, seq, at_ms, level, company, message)
    SELECT ${runId}, h.last_seq - ${count} + n.i,
      (SELECT max(m.at_ms) FROM (SELECT ${at} AS at_ms UNION ALL
        SELECT at_ms FROM run_lines WHERE run_id = ${runId}) AS m), '${level}', ${owner},
      '${words} ' || (h.last_seq - ${count} + n.i)
    FROM n CROSS JOIN run_log_heads h WHERE h.run_id = ${runId};
    ${news(runId)}
    COMMIT;`);
}

// The number of the run's last line.
export async function lastLine(site, runId) {
  const [last] = await site.sql(`SELECT last_seq FROM run_log_heads WHERE run_id = ${runId};`);
  return Number(last);
}
