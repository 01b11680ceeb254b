// The connection to the worker: everything once, then what changes, and plainly whether the worker is heard.

const SILENCE = 12_000; // ms; the worker says something every 5 s
const AGAIN = 2_000; // ms

/**
 * Follows the worker for as long as the page is open.
 *
 * Listener: { full(status, history, lines), status(status), point(point), log(lines), heard(), lost(since) }.
 * `full` comes first and after each time the worker was lost, so that nothing is missing in between.
 */
export function follow(listener) {
  let source;
  let last = Date.now();
  let isLost = false;

  const hear = () => {
    last = Date.now();
    if (isLost) {
      isLost = false;
      listener.heard();
    }
  };

  const lose = () => {
    if (!isLost) {
      isLost = true;
      listener.lost(last);
    }
  };

  const open = async () => {
    try {
      const [status, history, log] = await Promise.all(["/status", "/history", "/model-log"].map(json));
      hear();
      listener.full(status, history, log.lines);
      listen();
    } catch {
      lose();
      setTimeout(open, AGAIN);
    }
  };

  const listen = () => {
    source = new EventSource("/events");
    const on = (name, take) => source.addEventListener(name, (event) => {
      hear();
      take(JSON.parse(event.data));
    });
    source.addEventListener("open", hear);
    on("status", listener.status);
    on("point", listener.point);
    on("log", ({ lines }) => listener.log(lines));
    source.addEventListener("error", restart);
  };

  const restart = () => {
    source?.close();
    source = undefined;
    lose();
    setTimeout(open, AGAIN / 4);
  };

  setInterval(() => {
    if (source && Date.now() - last > SILENCE) restart();
  }, 1_000);
  open();
}

async function json(path) {
  const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(SILENCE) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}
