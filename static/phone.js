/* Keeps the phones fresh and sends without leaving the page. Without it every button still works:
   the page then loads again. What has not changed is left alone, so that nothing is said twice. */
(() => {
  const bench = document.querySelector("[data-bench]");
  if (!bench) return;
  const EVERY = 2000;
  let turn = 0;

  const thread = (here, fresh) => {
    const old = new Map([...here.children].map((item) => [item.id, item]));
    here.dir = fresh.dir;
    [...fresh.children].forEach((item, place) => {
      const had = old.get(item.id);
      old.delete(item.id);
      const same = had && had.outerHTML === item.outerHTML;
      const now = same ? had : item;
      if (here.children[place] !== now) {
        if (had && !same) had.replaceWith(now);
        if (here.children[place] !== now) here.insertBefore(now, here.children[place] || null);
      }
    });
    old.forEach((item) => item.remove());
  };
  const part = (here, fresh) => {
    if (here.dataset.live === "thread") return thread(here, fresh);
    if (here.innerHTML !== fresh.innerHTML && !here.contains(document.activeElement))
      here.innerHTML = fresh.innerHTML;
  };
  const look = async () => {
    const mine = ++turn;
    const answer = await fetch(bench.dataset.bench);
    if (!answer.ok || mine !== turn) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== turn) return;
    for (const phone of bench.querySelectorAll(".handset")) {
      const fresh = page.getElementById(phone.id);
      for (const here of fresh ? phone.querySelectorAll("[data-live]") : [])
        part(here, fresh.querySelector(`[data-live=${here.dataset.live}]`));
    }
  };
  const quietly = () => look().catch(() => { /* the next look may reach it */ });

  document.addEventListener("submit", async (event) => {
    const form = event.target, pressed = event.submitter;
    if (!form.closest(".handset, .top")) return;
    event.preventDefault();
    if (form.classList.contains("busy")) return;
    const said = new FormData(form), box = form.querySelector("textarea");
    if (pressed && pressed.name) said.set(pressed.name, pressed.value);
    form.classList.add("busy");
    if (box) box.value = "";
    pressed?.closest("details.break")?.removeAttribute("open");
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, redirect: "manual" });
      if (answer.type !== "opaqueredirect") throw new Error("not taken");
    } catch {
      if (box) box.value = said.get("body");
    }
    form.classList.remove("busy");
    quietly();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches(".say textarea") && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (event.target.value.trim()) event.target.form.requestSubmit(event.target.form.querySelector(".send"));
    }
  });
  setInterval(() => { if (!document.hidden) quietly(); }, EVERY);
})();
