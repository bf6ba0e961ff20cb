// Drawing with a finger, a smaller photo without its notes, a voice note: all leave as the form's file.
(() => {
  const d = document, ending = new Set();
  const LONGEST = 180_000, WIDEST = 1600;

  const tell = (words) => { d.getElementById("error").textContent = words; };
  const field = (form) => form.elements.file;
  const put = (form, blob, name) => {
    const files = new DataTransfer();
    files.items.add(new File([blob], name, { type: blob.type }));
    field(form).files = files.files;
  };
  const leave = (form) => {
    const [file] = field(form).files;
    if (!file) return tell(form.dataset.empty);
    if (file.size > Number(form.dataset.largest)) return tell(form.dataset.tooLarge);
    if (!navigator.onLine) return tell(d.body.dataset.offline);
    form.submit();
  };
  const coded = (canvas, type) => new Promise((done) => canvas.toBlob(done, type, 0.85));

  const draw = (form) => {
    const board = form.querySelector(".board"), canvas = board.querySelector("canvas");
    const pen = canvas.getContext("2d"), strokes = [];
    const line = ({ colour, points }) => {
      pen.strokeStyle = colour;
      pen.beginPath();
      pen.moveTo(...points[0]);
      points.forEach((point) => pen.lineTo(...point));
      if (points.length === 1) pen.lineTo(points[0][0] + 0.1, points[0][1]);
      pen.stroke();
    };
    const again = () => {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.lineWidth = 6;
      pen.lineCap = pen.lineJoin = "round";
      strokes.forEach(line);
    };
    const at = (event) => {
      const box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    const colours = { red: "#c62828", yellow: "#f2b705", green: "#2e7d32", blue: "#1558b0", brown: "#6d4326" };
    let going = false;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      going = true;
      const chosen = form.elements.colour.value;
      strokes.push({ colour: colours[chosen] || "#1c1a17", points: [at(event)] });
      again();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!going) return;
      strokes.at(-1).points.push(at(event));
      again();
    });
    for (const stop of ["pointerup", "pointercancel"]) canvas.addEventListener(stop, () => { going = false; });
    board.querySelector("[data-undo]").addEventListener("click", () => { strokes.pop(); again(); });
    board.hidden = false;
    again();
    return async () => {
      if (strokes.length) put(form, await coded(canvas, "image/png"), "drawing.png");
    };
  };

  const photo = (form) => {
    const shown = form.querySelector(".preview");
    field(form).addEventListener("change", async () => {
      const [file] = field(form).files;
      tell("");
      if (!file) return;
      try {
        const whole = await createImageBitmap(file), canvas = d.createElement("canvas");
        const scale = Math.min(1, WIDEST / Math.max(whole.width, whole.height));
        canvas.width = Math.round(whole.width * scale);
        canvas.height = Math.round(whole.height * scale);
        canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
        put(form, await coded(canvas, "image/jpeg"), "photo.jpg");
      } catch {
        // What cannot be shown here is judged by the service.
      }
      shown.src = URL.createObjectURL(field(form).files[0]);
      shown.hidden = false;
    });
    return async () => {};
  };

  const voice = (form) => {
    const box = form.querySelector(".recorder"), button = box.querySelector("[data-record]");
    const line = box.querySelector("p"), sound = box.querySelector("audio"), word = button.textContent;
    if (!window.MediaRecorder || !navigator.mediaDevices) return async () => {};
    let tape = null;
    const stop = () => new Promise((done) => {
      if (!tape) return done();
      tape.addEventListener("stop", () => setTimeout(done), { once: true });
      tape.stop();
    });
    const kept = (parts, type) => {
      const blob = new Blob(parts, { type });
      put(form, blob, "voice");
      sound.src = URL.createObjectURL(blob);
      sound.hidden = false;
      line.textContent = box.dataset.recorded;
      button.textContent = word;
      tape = null;
    };
    const start = async () => {
      tell("");
      try {
        const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }), parts = [];
        const silence = () => microphone.getTracks().forEach((track) => track.stop());
        tape = new MediaRecorder(microphone, { audioBitsPerSecond: 32_000 });
        tape.ondataavailable = (event) => parts.push(event.data);
        tape.onstop = () => { silence(); ending.delete(silence); kept(parts, parts[0]?.type || ""); };
        ending.add(silence);
        tape.start();
        setTimeout(stop, LONGEST);
        button.textContent = box.dataset.stop;
        line.textContent = box.dataset.recording;
      } catch {
        tape = null;
        line.textContent = box.dataset.none;
      }
    };
    button.addEventListener("click", () => (tape ? stop() : start()));
    box.hidden = false;
    return stop;
  };

  const KINDS = { draw, photo, voice };
  const prepare = () => {
    for (const form of d.querySelectorAll("form[data-media]:not([data-ready])")) {
      form.dataset.ready = "";
      const finish = KINDS[form.dataset.media](form);
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        await finish();
        leave(form);
      });
    }
  };
  prepare();
  // Leaving ends every recording at once; another language brings the page anew.
  new MutationObserver(() => {
    ending.forEach((end) => end());
    ending.clear();
    prepare();
  }).observe(d.documentElement, { childList: true });
})();
