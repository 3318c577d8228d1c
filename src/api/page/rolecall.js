// Signs in with the secret of the address, starts runs, and shows the one that is active as it happens.
const at = (id) => document.getElementById(id);
let token = sessionStorage.getItem("token");

async function ask(path, options = {}) {
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  const reply = await fetch(path, { ...options, headers });
  if (!reply.ok) {
    const told = await reply.json().catch(() => ({}));
    const error = new Error(typeof told.detail === "string" ? told.detail : `HTTP ${reply.status}`);
    error.status = reply.status;
    throw error;
  }
  return reply;
}

async function signIn() {
  const secret = new URLSearchParams(location.hash.slice(1)).get("once");
  if (secret) {
    history.replaceState(null, "", location.pathname);
    const body = JSON.stringify({ token: secret });
    const told = await ask("/auth/local", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    token = (await told.json()).access_token;
    sessionStorage.setItem("token", token);
  }
  const user = await (await ask("/api/user")).json();
  at("user").textContent = `Signed in as ${user.name || user.email}`;
  at("main").hidden = false;
}

// The events of a stream, one after the other, until it ends; `seen` is told the id of each.
async function* events(path, seen) {
  const headers = seen.id ? { "Last-Event-ID": seen.id } : {};
  const reply = await ask(path, { headers });
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
async function follow(path, show) {
  const seen = {};
  while (!seen.ended) {
    try {
      for await (const event of events(path, seen)) show(event, seen);
    } catch (error) {
      if (error.status === 401 || error.status === 404) throw error;
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

async function watch(run) {
  at("abort").onclick = () => ask(`/api/ingestion/abort/${run}`, { method: "POST" }).catch(tell);
  at("log").textContent = "";
  const log = follow(`/api/ingestion/logs/${run}/stream`, (event) => {
    at("log").append(`${JSON.parse(event.data).message}\n`);
    at("log").scrollTop = at("log").scrollHeight;
  });
  const progress = follow(`/api/ingestion/progress/${run}`, (event, seen) =>
    showProgress(run, event, seen),
  );
  await Promise.all([log, progress]);
  await showRuns();
}

async function showRuns() {
  const { runs } = await (await ask("/api/ingestion/runs?limit=20")).json();
  const rows = runs.map((run) => {
    const row = document.createElement("tr");
    const began = run.started_at ? new Date(run.started_at).toLocaleString() : "";
    for (const cell of [run.run_id, run.status, run.total_jobs, run.jobs_new, run.jobs_expired, began])
      row.insertCell().textContent = cell;
    return row;
  });
  at("runs").replaceChildren(...rows);
}

function tell(error) {
  at("trouble").textContent = error.message;
}

at("start").onclick = async () => {
  at("trouble").textContent = "";
  try {
    const { run_id } = await (await ask("/api/ingestion/start", { method: "POST" })).json();
    await watch(run_id);
  } catch (error) {
    tell(error);
  }
};

try {
  await signIn();
  await showRuns();
  const { run_id } = await (await ask("/api/ingestion/current-run")).json();
  if (run_id) await watch(run_id);
} catch (error) {
  const why = token ? error.message : "open the address that the server printed when it started";
  at("user").textContent = `Not signed in: ${why}`;
  sessionStorage.removeItem("token");
}
