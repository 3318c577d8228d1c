// Signs in with the secret of the address or a password, starts runs, and shows the one that is active as it happens.
const at = (id) => document.getElementById(id);
let token = sessionStorage.getItem("token");
let secret = null; // of the address, until the server has taken or refused it
let visit = new AbortController(); // ends where another user may begin

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Error("The server cannot be reached.");
  }
}

async function refusal(reply) {
  const { detail } = await reply.json().catch(() => ({}));
  let message = `The server answers ${reply.status}.`;
  if (typeof detail === "string") message = detail;
  if (Array.isArray(detail)) message = detail.map((one) => `${one.loc.at(-1)} ${one.msg}`).join("; ");
  const wait = reply.headers.get("Retry-After");
  if (reply.status === 429 && wait && !message.includes(`${wait} s`)) message += ` (${wait} s)`;
  return Object.assign(new Error(message), { status: reply.status });
}

// With the token, which is forgotten where it is refused, and nowhere else.
async function ask(path, options) {
  const used = token;
  const headers = { ...options.headers, Authorization: `Bearer ${used}` };
  const reply = await reach(path, { ...options, headers });
  if (reply.ok) return reply;
  const error = await refusal(reply);
  if (reply.status === 401 && used === token) leave(error.message);
  throw error;
}

// Signs in by what only this call tells.
async function enter(path, given) {
  const body = JSON.stringify(given);
  const reply = await reach(path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (!reply.ok) throw await refusal(reply);
  token = (await reply.json()).access_token;
  sessionStorage.setItem("token", token);
  secret = null;
  clear();
}

async function useSecret() {
  const opened = new URLSearchParams(location.hash.slice(1)).get("once");
  if (opened) {
    secret = opened;
    history.replaceState(null, "", location.pathname);
  }
  if (!secret) return;
  try {
    await enter("auth/local", { secret });
  } catch (error) {
    if (error.status === 401 || error.status === 422) secret = null;
    if (!token) throw error;
  }
}

function tell(message) {
  at("trouble").textContent = message;
  at("again").hidden = true;
}

// Nothing of a user's stays for the next one.
function clear() {
  at("state").textContent = "No run is active.";
  at("log").textContent = "";
  at("runs").replaceChildren();
  at("start").disabled = true;
  at("abort").disabled = true;
}

function leave(why) {
  visit.abort();
  token = null;
  sessionStorage.removeItem("token");
  clear();
  at("user").textContent = "Not signed in";
  at("main").hidden = true;
  at("door").hidden = false;
  tell(why);
}

async function begin() {
  visit.abort();
  visit = new AbortController();
  const { signal } = visit;
  tell("");
  // Until it is known whether a run is active.
  at("start").disabled = true;
  try {
    await useSecret();
    signal.throwIfAborted();
    if (!token) return leave("");
    const user = await (await ask("api/user", { signal })).json();
    secret = null;
    at("user").textContent = `Signed in as ${user.name || user.email}`;
    at("main").hidden = false;
    at("door").hidden = true;
    await showRuns(signal);
    const { run_id } = await (await ask("api/ingestion/current-run", { signal })).json();
    if (run_id) return await watch(run_id, signal);
    // What was watched before may have ended unseen.
    at("state").textContent = "No run is active.";
    at("start").disabled = false;
    at("abort").disabled = true;
  } catch (error) {
    if (signal.aborted) return;
    if (!token && !secret) return leave(error.message);
    if (at("main").hidden) at("user").textContent = "Signing in was interrupted";
    tell(error.message);
    at("again").hidden = false;
  }
}

// The events of a stream, one after the other, until it ends; `seen` is told the id of each.
async function* events(path, seen, signal) {
  const headers = seen.id ? { "Last-Event-ID": seen.id } : {};
  const reply = await ask(path, { headers, signal });
  if (reply.status === 204) {
    seen.ended = true;
    return;
  }
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop();
    for (const part of parts) {
      const event = { name: "", data: "" };
      for (const line of part.split("\n")) {
        if (line.startsWith("id: ")) seen.id = line.slice(4);
        if (line.startsWith("event: ")) event.name = line.slice(7);
        if (line.startsWith("data: ")) event.data += line.slice(6);
      }
      if (event.data) yield event;
    }
  }
}

const pause = (time) => new Promise((done) => setTimeout(done, time));

// Goes on after a cut where it was.
async function follow(path, signal, show) {
  const seen = {};
  while (!seen.ended) {
    try {
      for await (const event of events(path, seen, signal)) show(event, seen);
    } catch (error) {
      if (signal.aborted || error.status === 401 || error.status === 404) throw error;
    }
    if (!seen.ended) await pause(1000);
  }
}

function showProgress(run, event, seen) {
  if (event.name === "") {
    const p = JSON.parse(event.data);
    at("state").textContent =
      `Run ${run}, ${p.status}: ${p.total_jobs} jobs, ${p.jobs_ready} ready, ` +
      `${p.jobs_skipped} skipped, ${p.jobs_expired} expired, ${p.jobs_failed} failed`;
  }
  if (event.name === "status") {
    const ended = ["finished", "error", "aborted"].includes(event.data);
    at("start").disabled = !ended;
    at("abort").disabled = ended;
    seen.ended = ended;
  }
}

// What a person does, with its trouble told.
async function attempt(what) {
  const { signal } = visit;
  tell("");
  try {
    await what(signal);
  } catch (error) {
    if (!signal.aborted) tell(error.message);
  }
}

async function watch(run, signal) {
  at("abort").onclick = () =>
    attempt((signal) => ask(`api/ingestion/abort/${run}`, { method: "POST", signal }));
  at("log").textContent = "";
  const log = follow(`api/ingestion/logs/${run}/stream`, signal, (event) => {
    at("log").append(`${JSON.parse(event.data).message}\n`);
    at("log").scrollTop = at("log").scrollHeight;
  });
  const progress = follow(`api/ingestion/progress/${run}`, signal, (event, seen) =>
    showProgress(run, event, seen),
  );
  await Promise.all([log, progress]);
  await showRuns(signal);
}

async function showRuns(signal) {
  const { runs } = await (await ask("api/ingestion/runs?limit=20", { signal })).json();
  const rows = runs.map((run) => {
    const row = document.createElement("tr");
    const began = run.started_at ? new Date(run.started_at).toLocaleString() : "";
    for (const cell of [run.run_id, run.status, run.total_jobs, run.jobs_new, run.jobs_expired, began])
      row.insertCell().textContent = cell;
    return row;
  });
  at("runs").replaceChildren(...rows);
}

at("start").onclick = () =>
  attempt(async (signal) => {
    const reply = await ask("api/ingestion/start", { method: "POST", signal });
    await watch((await reply.json()).run_id, signal);
  });

at("login").onsubmit = async (event) => {
  event.preventDefault();
  tell("");
  at("enter").disabled = true;
  try {
    await enter("auth/login", { email: at("email").value, password: at("password").value });
    at("password").value = "";
    begin();
  } catch (error) {
    tell(error.message);
    at("password").select();
    at("password").focus();
  } finally {
    at("enter").disabled = false;
  }
};

at("again").onclick = begin;
// A printed address that is opened in this tab loads nothing anew.
addEventListener("hashchange", () => {
  if (location.hash.includes("once=")) begin();
});
await begin();
