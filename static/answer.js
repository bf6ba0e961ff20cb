/* An answer given without a connection is kept on this phone, encrypted with a key that only the
   service has after the page is closed. It is sent in order when the line returns. */
(() => {
  const d = document, DAY = 864e5, PATH = /^\/answer\/(q|form\/\d+|page|together\/\w+)$/;
  const hex = (text) => Uint8Array.from(text.match(/../g), (byte) => parseInt(byte, 16));
  let own, keys = [], ahead = [], lang = "", waiting = 0, sending = false;
  const done = new Set();

  const open = () => new Promise((yes, no) => {
    const asked = indexedDB.open("kept", 1);
    asked.onupgradeneeded = () =>
      asked.result.createObjectStore("answers", { keyPath: "n", autoIncrement: true });
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = no;
  });
  const store = async (mode, work) => {
    const db = await open();
    try {
      const turn = db.transaction("answers", mode), asked = work(turn.objectStore("answers"));
      return await new Promise((yes, no) => {
        turn.oncomplete = () => yes(asked.result);
        turn.onerror = turn.onabort = no;
      });
    } finally {
      db.close();
    }
  };
  const drop = (n) => store("readwrite", (answers) => answers.delete(n));
  const mine = async () => {
    const all = await store("readonly", (answers) => answers.getAll());
    for (const old of all.filter((one) => Date.now() - one.at > DAY)) await drop(old.n);
    return all.filter((one) => Date.now() - one.at <= DAY && one.whose === own.whose);
  };

  const seal = async (said) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(said));
    return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, keys[0], text) };
  };
  const unseal = async ({ iv, box }) => {
    for (const key of keys) {
      try {
        const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box);
        return JSON.parse(new TextDecoder().decode(text));
      } catch { /* sealed with another day's key */ }
    }
    return null;
  };
  const learn = async () => {
    const answer = await fetch("/answer/kept");
    if (!answer.ok) return false;
    own = await answer.json();
    keys = await Promise.all(own.keys.map((key) =>
      crypto.subtle.importKey("raw", hex(key), "AES-GCM", false, ["encrypt", "decrypt"])));
    return true;
  };
  const lookAhead = async () => {
    const answer = await fetch("/answer/ahead");
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    lang = page.documentElement.lang;
    ahead = [...page.querySelectorAll("form")].map((form) => d.adoptNode(form));
  };

  const note = (words) => {
    d.getElementById("offline")?.remove();
    let told = d.getElementById("kept");
    if (!told) {
      told = d.createElement("p");
      told.id = "kept";
      told.className = "us note";
      told.setAttribute("role", "status");
      d.getElementById("main").prepend(told);
    }
    told.textContent = words;
    told.scrollIntoView({ block: "nearest" });
  };
  const isWriting = () => [...d.querySelectorAll("main textarea, main input:not([type=hidden])")]
    .some((one) => one.checked !== one.defaultChecked || one.value !== one.defaultValue);
  const show = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    d.documentElement.lang = page.documentElement.lang;
    d.documentElement.dir = page.documentElement.dir;
    d.body.replaceWith(d.adoptNode(page.body));
    if (answer.redirected) history.replaceState(null, "", answer.url);
  };

  const isAnswer = (form, said) =>
    keys.length && PATH.test(new URL(form.action).pathname) && !said.has("l");
  const keep = async (form, said) => {
    const to = new URL(form.action).pathname;
    said.delete("csrf_token");
    try {
      const sealed = await seal({ to, said: said.toString(), visit: own.visit });
      await store("readwrite", (answers) =>
        answers.add({ at: Date.now(), whose: own.whose, ...sealed }));
    } catch {
      note(d.body.dataset.offline);
      return;
    }
    waiting += 1;
    [said.get("question"), ...(said.get("asked") || "").split(" ")].forEach((q) => done.add(q));
    const next = d.documentElement.lang === lang && ahead.find((one) => !done.has(one.dataset.q));
    if (next) {
      ahead = ahead.filter((one) => one !== next);
      d.getElementById("main").replaceChildren(next);
    }
    note(d.body.dataset.waits);
    next?.querySelector("h1").focus({ preventScroll: true });
  };
  const send = async (one) => {
    const said = await unseal(one);
    if (!said) return null;
    const body = new URLSearchParams(said.said);
    body.set("csrf_token", own.token);
    body.set("kept", said.visit);
    return fetch(said.to, { method: "POST", body });
  };
  const flush = async () => {
    if (sending || !waiting) return;
    sending = true;
    try {
      if (!(await learn())) return;
      let last = null;
      for (const one of await mine()) {
        const answer = await send(one);
        const refused = answer?.status === 422;
        if (answer && !answer.ok && !(refused && !isWriting())) return;
        await drop(one.n);
        last = answer || last;
        if (refused) break;
      }
      waiting = (await mine()).length;
      if (last && !isWriting()) await show(last);
      if (!waiting) note(d.body.dataset.sent);
      await lookAhead();
    } catch { /* still no line: the next try comes by itself */ } finally {
      sending = false;
    }
  };

  d.addEventListener("unsent", (event) => {
    const [form, said] = event.detail;
    if (!isAnswer(form, said)) return;
    event.preventDefault();
    keep(form, said);
  });
  addEventListener("submit", (event) => {
    const said = new URLSearchParams(new FormData(event.target, event.submitter));
    if (!waiting || !isAnswer(event.target, said)) return;
    if (event.submitter && "plain" in event.submitter.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keep(event.target, said).then(flush);
  }, true);
  addEventListener("online", flush);
  setInterval(flush, 5000);
  (async () => {
    try {
      if (!(await learn())) return;
      waiting = (await mine()).length;
      await (waiting ? flush() : lookAhead());
    } catch { keys = keys || []; }
  })();
})();
