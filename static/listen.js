// Read to me: a recorded voice, else the phone's own, else the words that say why there is none.
(() => {
  const d = document, phone = window.speechSynthesis;
  let now = null, turn = 0;

  // What is on its way when silence is wanted comes too late to be heard.
  const hush = () => {
    turn += 1;
    if (now) now.end();
    now = null;
  };
  // Gives back what ends it, true while it is what one hears: an older one may not end a newer.
  const begin = (link, word, end) => {
    const label = link.querySelector("span:not([aria-hidden])"), before = label.textContent;
    label.textContent = word;
    const mine = now = { link, end: () => { label.textContent = before; end(); } };
    return () => now === mine && (hush(), true);
  };
  const tell = (link, words) => {
    let line = link.parentNode.querySelector("p.listening");
    if (!line) {
      line = d.createElement("p");
      line.className = "listening soft";
      line.setAttribute("role", "status");
      link.after(line);
    }
    setTimeout(() => { line.textContent = words; }, 60);
  };
  const voiceFor = async (tag) => {
    const own = () => phone.getVoices().find((v) => v.lang.split(/[-_]/)[0] === tag.split("-")[0]);
    if (!phone) return null;
    if (!phone.getVoices().length) {
      await new Promise((go) => {
        phone.addEventListener("voiceschanged", go, { once: true });
        setTimeout(go, 800);
      });
    }
    return own();
  };
  const play = (link, hear, address, unasked) => {
    const sound = new Audio(address);
    const done = begin(link, hear.dataset.stop, () => sound.pause());
    sound.onended = sound.onerror = done;
    // Some phones play only what was tapped itself: then the page with its own player opens.
    // What was stopped before it had begun to play was stopped, and that is all.
    sound.play().catch(() => { if (done() && !unasked) location = link.href; });
  };
  const speak = (link, hear, voice) => {
    const words = new SpeechSynthesisUtterance(hear.dataset.say);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.9;
    words.onend = words.onerror = begin(link, hear.dataset.stop, () => phone.cancel());
    phone.speak(words);
  };
  const page = async (link) => {
    try {
      const reply = await fetch(link.href, { credentials: "same-origin" });
      return new DOMParser().parseFromString(await reply.text(), "text/html");
    } catch {
      return null;
    }
  };

  d.addEventListener("use", async (event) => {
    const link = event.target.closest(".listen"), again = now && now.link === link;
    if (!link) return;
    hush();
    if (again) return;
    const mine = turn, unasked = event.detail;
    const found = await page(link), hear = found && found.getElementById("hear");
    if (turn !== mine) return;
    if (!hear) {
      if (!unasked) location = link.href;
      return;
    }
    const recorded = found.querySelector("audio");
    if (recorded) return play(link, hear, recorded.getAttribute("src"), unasked);
    const voice = await voiceFor(found.documentElement.lang);
    if (turn !== mine) return;
    if (voice) speak(link, hear, voice);
    else tell(link, hear.dataset.none);
  });
  // Leaving, or going on to another question, is silence at once.
  new MutationObserver(hush).observe(d.documentElement, { childList: true });
  addEventListener("pagehide", hush);
})();
