// One button opens and closes the code of every cell; without this script each cell has a switch of its own.
const button = document.getElementById("code-switch");
button.hidden = false;
document.body.classList.add("switched");
button.addEventListener("click", () => {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  document.querySelectorAll("details.code").forEach((cell) => { cell.open = open; });
});
