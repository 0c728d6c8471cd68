// Says twice, in words, that a held time is running out: two minutes before the end, and at the end. No counter.
(() => {
  const WARNING = 120;
  for (const line of document.querySelectorAll(".hold[data-until]")) {
    const words = line.querySelector("[role=status]");
    // What is left comes from the server where it can: a visitor's clock may be wrong.
    const left = line.dataset.left ? Number(line.dataset.left) : (Date.parse(line.dataset.until) - Date.now()) / 1000;
    const say = (text, seconds, over) =>
      setTimeout(() => {
        if (text) words.textContent = text;
        line.classList.toggle("over", over);
      }, Math.max(seconds, 0) * 1000);
    if (left > WARNING) say(line.dataset.soon, left - WARNING, false);
    say(line.dataset.over, left, true);
  }
})();
