// Free times come after the page: each block by itself, the rows of a list together. What stands in their place until
// then is a link to the same times, and it stays if nothing comes.
(() => {
  const prefix = document.documentElement.lang === "lv" ? "" : `/${document.documentElement.lang}`;

  const fill = (element, html) => {
    const focused = element.contains(document.activeElement);
    element.innerHTML = html;
    if (focused) element.querySelector("button, summary, a")?.focus();
  };

  const ask = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "text/html, application/json" } });
    if (!answer.ok) throw new Error(address);
    return answer;
  };

  const loadBlock = async (block) => {
    block.setAttribute("aria-busy", "true");
    try {
      fill(block, await (await ask(block.dataset.live)).text());
    } catch {
      // The link that stands there leads to the same times.
    } finally {
      block.removeAttribute("aria-busy");
      block.classList.remove("tall");
    }
  };

  // The board shows the town of the address, else the one that was chosen last; the browser alone remembers it.
  const board = document.querySelector(".board-live");
  const boardOf = (town) => {
    board.dataset.live = `${prefix}/search/board/live${town ? `?town=${encodeURIComponent(town)}` : ""}`;
  };
  const remembered = (town) => {
    try {
      if (town) localStorage.setItem("town", town);
      return localStorage.getItem("town");
    } catch {
      return null;
    }
  };
  if (board) {
    boardOf(new URLSearchParams(location.search).get("town") ?? remembered());
    board.addEventListener("click", (event) => {
      const town = event.target.closest("[data-town]")?.dataset.town;
      if (!town || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      remembered(town);
      boardOf(town);
      history.replaceState(null, "", `?town=${town}`);
      loadBlock(board);
    });
  }

  const loadRows = async (rows) => {
    const slugs = [...new Set(rows.map((row) => row.dataset.liveRow))];
    try {
      const fragments = await (await ask(`${prefix}/search/live?d=${slugs.join(",")}`)).json();
      for (const row of rows) {
        const html = fragments[row.dataset.liveRow];
        if (html) fill(row, html);
      }
    } catch {
      // As above.
    }
  };

  const load = () => {
    document.querySelectorAll("[data-live]").forEach(loadBlock);
    const rows = [...document.querySelectorAll("[data-live-row]")];
    for (let first = 0; first < rows.length; first += 50) loadRows(rows.slice(first, first + 50));
  };

  const markToday = () => {
    const name = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: "Europe/Riga" }).format(new Date());
    const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(name);
    for (const table of document.querySelectorAll("[data-today]")) {
      const row = table.querySelector(`[data-weekday="${weekday}"]`);
      if (!row || row.classList.contains("today")) continue;
      row.classList.add("today");
      if (table.dataset.today) row.cells[0].append(`, ${table.dataset.today}`);
    }
  };

  load();
  markToday();
  // A page brought back by the Back button shows times of before.
  addEventListener("pageshow", (event) => event.persisted && load());
})();
