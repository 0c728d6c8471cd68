// Forms: a second press changes nothing, faults get the focus, questions open in a dialog. All of it also works without.
(() => {
  const wake = () => {
    for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
    for (const button of document.querySelectorAll(".pressed")) {
      button.classList.remove("pressed");
      if (button.dataset.word) button.textContent = button.dataset.word;
    }
  };

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending) return event.preventDefault();
    if (event.defaultPrevented || form.target === "_blank" || form.method === "dialog") return;
    form.dataset.sending = "yes";
    const button = event.submitter;
    if (!button) return;
    button.style.minWidth = `${button.offsetWidth}px`;
    button.classList.add("pressed");
    const word = form.dataset.busy || document.body.dataset.busy;
    if (word && button.classList.contains("button")) {
      button.dataset.word = button.textContent;
      button.textContent = word;
    }
  });
  // A page brought back by the Back button must take presses again.
  addEventListener("pageshow", (event) => event.persisted && wake());

  document.querySelector("[data-focus]")?.focus();

  addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    event.target.closest("[data-close]")?.closest("dialog, .toast")?.[event.target.closest("dialog") ? "close" : "remove"]();
    if (event.target.closest("[data-print]")) print();
  });
  for (const button of document.querySelectorAll("[data-print][hidden]")) button.hidden = false;

  const toast = document.querySelector(".toast");
  if (toast && !toast.querySelector("a, button")) setTimeout(() => toast.remove(), 8000);
})();
