// The search field answers while one types, from an index that is fetched when the field is first entered. Until it has
// come, or if it does not, the form asks the service, which finds the same.
(() => {
  const form = document.querySelector("form[data-find]");
  const input = form?.elements.q;
  if (!input) return;
  const box = document.createElement("div");
  const status = document.createElement("p");
  let index;
  let options = [];
  let active = -1;
  let asked = 0;

  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const make = (tag, attributes, ...inside) => {
    const element = set(document.createElement(tag), attributes);
    element.append(...inside);
    return element;
  };

  const choose = (at) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = options[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const close = () => {
    asked++;
    choose(-1);
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };

  const option = (href, inside) => make("a", { role: "option", tabindex: -1, href, "aria-selected": false }, ...inside);
  const shown = ({ href, text, note }) => {
    const parts = text.map(([part, typed]) => (typed ? make("mark", {}, part) : part));
    return option(href, note ? [...parts, make("small", {}, note)] : parts);
  };

  const show = (groups) => {
    choose(-1);
    const lists = groups.map(({ name, items }, at) => {
      const head = make("p", { id: `found-head-${at}`, role: "presentation" }, name);
      return make("div", { role: "group", "aria-labelledby": head.id }, head, ...items.map(shown));
    });
    const everything = `${form.getAttribute("action")}?${new URLSearchParams(chosen())}`;
    box.replaceChildren(...lists, option(everything, [index.said.all.replace("{words}", () => input.value.trim())]));
    options = [...box.querySelectorAll("[role=option]")];
    options.forEach((one, at) => (one.id = `found-${at}`));
    box.hidden = false;
    box.scrollTop = 0;
    input.setAttribute("aria-expanded", "true");
    const count = options.length - 1;
    status.textContent = count ? index.said.count.replace("{count}", count) : index.said.nothing;
  };

  const chosen = () => Object.fromEntries(new FormData(form));

  let opening;
  let tries = 3;
  const load = () =>
    (opening ??= import(form.dataset.find)
      .then(({ open }) => open(document.documentElement.lang))
      .then((opened) => (index = opened))
      .catch(() => --tries && (opening = undefined)));

  const update = async () => {
    const mine = ++asked;
    if (!index) await load();
    if (mine !== asked || !index) return;
    if (input.value.trim().length < 2) return close();
    try {
      const groups = await index.find(input.value, chosen());
      if (mine === asked) show(groups);
    } catch {
      // A new build has taken the place of this index: the next key asks for its own.
      index = undefined;
      if (--tries) opening = undefined;
      if (mine === asked) close();
    }
  };

  // What stands in the field when one leaves stands there when one comes back.
  const keep = () => history.replaceState({ ...history.state, typed: input.value }, "");

  const press = (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && box.hidden) update();
    else if (step) choose(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    else if (event.key === "Enter" && options[active] && !box.hidden) options[active].click();
    else if (event.key === "Escape" && !box.hidden) close();
    else return;
    event.preventDefault();
  };

  const label = form.querySelector(`label[for="${input.id}"]`).textContent;
  set(box, { id: "found", class: "found", role: "listbox", "aria-label": label, hidden: "" });
  set(status, { role: "status", class: "unseen" });
  set(input, { role: "combobox", autocomplete: "off", enterkeyhint: "search", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": box.id });
  input.after(box);
  form.append(status);
  input.value ||= history.state?.typed ?? "";

  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", update);
  input.addEventListener("keydown", press);
  input.addEventListener("change", keep);
  input.addEventListener("blur", close);
  box.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("click", keep);
  // Only what was filled in, so that addresses stay short.
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
  addEventListener("pagehide", close);
  if (document.activeElement === input) load();
})();
