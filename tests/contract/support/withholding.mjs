// A board that lacks more than a guard lets go.

// Of a company of 40 jobs, 22 are listed no more in five readings over fifteen days, though their pages stand. The last of
// the runs, which withholds them.
export async function lackMany(site, company) {
  await site.boardsDo('company', { company, keep: null });
  await site.runOnce();
  await site.boardsDo('company', { company, keep: 18, pages: 'stand' });
  const lacking = [];
  for (let i = 0; i < 4; ++i) lacking.push((await site.runOnce()).run_id);
  for (const [i, run] of lacking.entries()) {
    const then = new Date(Date.now() - (15 - i) * 86_400_000).toISOString();
    await site.sql(`UPDATE readings SET finished_at = '${then}' WHERE run_id = ${run};`);
  }
  return site.runOnce();
}
