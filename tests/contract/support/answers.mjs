// The shape of every answer of the contract.
import { anything, count, either, exactly, flag, id, integer, list, mapOf, matching, maybe, millis, object, oneOf,
  text, time, words } from './shapes.mjs';

export const detail = object({ detail: words });
export const misfits = object({ detail: list(object({ loc: list(either(words, integer)), msg: words })) });

export const token = object({
  access_token: matching(/^[\w-]+\.[\w-]+\.[\w-]+$/), token_type: exactly('bearer'), expires_in: id });
export const ways = object({ google_client_id: maybe(words), password: flag, local: flag });
export const user = object({
  user_id: id, email: words, name: maybe(text), picture: matching(/^https?:\/\//), last_login: maybe(time) });
export const health = object({ status: exactly('healthy'), timestamp: time });
const databaseType = oneOf('TEST', 'PRODUCTION', 'LOCAL');
export const database = object({ database_type: databaseType });
export const databaseWithUrl = object({ database_type: databaseType, database_url: words });

export const companies = list(object({
  name: words, display_name: words, logo_url: matching(/^https?:\/\//), board: words, careers_url: maybe(text) },
  { health: object({ state: oneOf('ok', 'whole_but_for', 'partial', 'failing', 'unverified', 'unread'),
    since: maybe(time), why: maybe(words), whole_but_for: maybe(count), last_complete_at: maybe(time),
    sizes: list(count) }) }));
export const directory = list(object({
  name: words, display_name: words, logo_url: matching(/^https?:\/\//), board: words, token: words,
  well_known: flag, confirmed: flag }));
export const kinds = list(object({ kind: words, title: words, token_hint: maybe(words) }));
const followedKeys = { name: words, display_name: words, board: words, token: words, total_count: count,
  own_name: maybe(words), found_on: maybe(words),
  sample: list(object({ id: words, title: text, location: text, url: words })) };
export const followed = object(followedKeys);
export const checked = object({ ...followedKeys, checked: flag });
export const unproven = object({ detail: words, ...followedKeys });
const titleFilters = object({ include: list(text), exclude: list(text) });
const placeFilters = object({ include: list(text), exclude: list(text), remote: flag });
export const settings = list(object({
  id, company_name: words, title_filters: titleFilters, place_filters: placeFilters, is_enabled: flag,
  updated_at: time }));
const forAll = { title_filters: titleFilters, place_filters: placeFilters, updated_at: maybe(time) };
export const filters = object(forAll);
export const filtersPut = object({ ...forAll, warnings: list(words) });
export const settingsDone = list(object({
  op: oneOf('upsert', 'delete'), success: flag, company_name: words, id: maybe(id), updated_at: maybe(time) }));

const previewedJob = { id: words, title: text, location: text, url: words };
const fates = ['new', 'changed', 'unchanged', 'reopened', 'missing', 'expired', 'withheld', 'excluded', 'not_reconciled'];
const listedJob = { ...previewedJob, fate: oneOf(...fates) };
const match = object({ begin: count, length: count });
const plan = object({ new: count, changed: count, unchanged: count, reopened: count, missing: count,
  would_expire: count, withheld: count, not_reconciled: count, complete: flag });
const leaving = list(object({ ...previewedJob, fate: oneOf('missing', 'withheld', 'expired'), evidence: words,
  reason: maybe(oneOf('gone', 'delisted', 'confirmed', 'unreachable', 'filtered', 'company_removed')) }));
export const preview = mapOf(object({
  status: oneOf('success', 'error'), total_count: count, filtered_count: count, urls_count: count,
  included_jobs: list(object(listedJob)),
  excluded_jobs: list(object({ ...listedJob, rule: words, match: maybe(match) })),
  leaving_jobs: leaving, error_message: maybe(words), warnings: list(words), plan }, {
    whole_but_for: maybe(count), read_at: maybe(time), kept: flag, removed: flag,
    moved_from: object({ would_expire: count, leaving_jobs: leaving }) }));

export const started = object({ run_id: id });
export const active = object({ run_id: id, already_active: exactly(true) });
export const current = object({ run_id: maybe(id) });
export const aborted = object({ success: flag, message: words });

export const statuses = ['pending', 'initializing', 'ingesting', 'finished', 'error', 'aborted'];
export const isFinal = (status) => statuses.indexOf(status) >= 3;
const runStatus = oneOf(...statuses);
export const progress = object({ run_id: id, status: runStatus, total_jobs: count, jobs_ready: count,
  jobs_skipped: count, jobs_expired: count, jobs_failed: count, error_message: maybe(words) });
const numbersOfCompany = ['listed', 'included', 'excluded', 'new', 'changed', 'unchanged', 'reopened', 'missing',
  'expired', 'withheld', 'active_before', 'not_reconciled', 'ready', 'skipped', 'failed'];
export const companiesOfRun = list(object({
  company: words,
  status: oneOf('waiting', 'reading', 'ingesting', 'done', 'not_reconciled', 'error', 'removed'),
  error_message: maybe(words), reading_id: maybe(id), started_at: maybe(time), finished_at: maybe(time),
  waits_until: maybe(time), waits_why: maybe(words),
  ...Object.fromEntries(numbersOfCompany.map((name) => [name, count])) }));
const headOfRun = {
  run_id: id, status: runStatus, error_message: maybe(words), trigger: words, created_at: time,
  started_at: maybe(time), finished_at: maybe(time),
  ...Object.fromEntries(['total_jobs', 'jobs_ready', 'jobs_skipped', 'jobs_expired', 'jobs_failed', 'jobs_new',
    'jobs_changed', 'jobs_unchanged', 'jobs_reopened', 'jobs_missing', 'jobs_withheld',
    'warning_count'].map((name) => [name, count])) };
const warnings = list(object({ company: maybe(words), message: words }));
export const run = object({ ...headOfRun, warnings, companies: companiesOfRun }, { parent_run_id: maybe(id) });
export const withheld = object({ jobs: list(object({
  id, external_id: words, title: text, location: text, withheld_since: time, why: words })) });
// A list may leave out what is long.
export const runs = object({
  runs: list(object(headOfRun, { warnings, companies: companiesOfRun, parent_run_id: maybe(id) })),
  next_before: maybe(id) });

const jobOfRun = oneOf('pending', 'ready', 'skipped', 'error', 'expired');
// By event of the progress stream; the status word is no JSON.
export const events = {
  message: progress,
  status: runStatus,
  all_jobs: mapOf(list(object({ external_id: words, title: text, status: jobOfRun }))),
  update: mapOf(mapOf(jobOfRun)),
  companies: companiesOfRun,
};

export const logLine = object({ timestamp: millis, message: words, ingestion_time: millis, id,
  level: oneOf('info', 'warning', 'error') }, { company: maybe(words) });
const token_ = maybe(either(words, integer));
export const logs = object({ logs: list(logLine), next_token: token_ });
export const foundLogs = object({ logs: list(logLine), next_token: token_, total_matches: count });

const place = maybe(id);
export const logMatches = object({ total_matches: count, lines: count, counts: list(count), up_to: count, next: place,
  before: place });

const jobStatus = oneOf('pending', 'ready', 'error', 'expired');
const jobKeys = {
  id, company: words, external_id: words, title: text, location: maybe(text), url: words, status: jobStatus,
  run_id: id, first_seen_at: time, last_seen_at: time, missing_since: maybe(time), withheld_since: maybe(time),
  expired_at: maybe(time), expired_reason: maybe(words),
  places: list(words), posted_at: maybe(time), workplace: maybe(oneOf('remote', 'hybrid', 'on_site')),
  department: maybe(words), salary: maybe(words), times_posted: count, back_after_days: maybe(count),
  hidden_at: maybe(time), company_hidden_at: maybe(time), changed_since_hidden: flag, applied_at: maybe(time) };
// Why its content could not be had.
const why = { error_message: maybe(words) };
export const jobs = object({
  jobs: list(object(jobKeys, why)), next_cursor: maybe(words), total: count,
  facets: object({ company: mapOf(count), status: mapOf(count), place: mapOf(count),
    remote: object({ yes: count, no: count }) }) },
  { corrected: object({ from: words, to: words }), search: oneOf('words only', 'some texts') });
export const job = object({
  ...jobKeys, description: maybe(text), requirements: maybe(text), events: list(anything),
  text_changes: list(anything) }, why);
export const comparison = object({ earlier: id, later: id, new: count, back: count, changed: count, gone: count,
  jobs: list(object({ ...jobKeys, change: oneOf('new', 'back', 'changed', 'gone') }, why)), next_offset: maybe(id) });
export const exportedJob = object(jobKeys, { ...why, description: maybe(text), requirements: maybe(text) });

export const jobMarks = object({ job_id: id, hidden_at: maybe(time), applied_at: maybe(time) });
export const hiddenCompany = object({ company: words, hidden_at: time });
export const hiddenCompanies = object({
  companies: list(object({ company: words, hidden_at: time, open_jobs: count })) });

export const view = object({
  name: words, query: text, q: maybe(words), company: list(words), status: maybe(words), sort: maybe(words),
  has_key: flag, created_at: time, updated_at: time });
export const views = object({ views: list(view) });
export const viewKey = object({ key: matching(/^[\w-]{43}$/), path: matching(/^\/api\/views\/[^/]+\/feed\.atom\?key=[\w-]{43}$/) });
